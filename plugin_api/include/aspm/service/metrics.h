/* Host service "aspm.metrics/1": numbers for the operator's dashboards. */
#ifndef ASPM_SERVICE_METRICS_H
#define ASPM_SERVICE_METRICS_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_METRICS_1 "aspm.metrics/1"

/* Frozen: arrays of it cross the boundary. */
typedef struct aspm_metric_label {
    aspm_str name;
    aspm_str value;
} aspm_metric_label;

/* Names are snake_case with the unit at the end (jira_push_seconds, jira_tickets_created_total); the host
 * puts the plugin's prefix before them. Nothing here fails or blocks. */
typedef struct aspm_metrics {
    uint32_t struct_size;
    void* impl;

    /* Adds to a counter; by >= 0. [any] */
    void (*add)(const struct aspm_metrics* metrics, aspm_str name, double by, const aspm_metric_label* labels,
                size_t label_count);

    /* Sets a gauge. [any] */
    void (*set)(const struct aspm_metrics* metrics, aspm_str name, double value,
                const aspm_metric_label* labels, size_t label_count);

    /* Adds one observation to a histogram. [any] */
    void (*observe)(const struct aspm_metrics* metrics, aspm_str name, double value,
                    const aspm_metric_label* labels, size_t label_count);
} aspm_metrics;

#ifdef __cplusplus
}
#endif

#endif
