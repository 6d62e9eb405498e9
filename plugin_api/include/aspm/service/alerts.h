/* Host service "aspm.alerts/1": what the administrators must know. */
#ifndef ASPM_SERVICE_ALERTS_H
#define ASPM_SERVICE_ALERTS_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_ALERTS_1 "aspm.alerts/1"

typedef int32_t aspm_alert_level;
#define ASPM_ALERT_WARNING ((aspm_alert_level)0)
#define ASPM_ALERT_CRITICAL ((aspm_alert_level)1)

typedef struct aspm_alert {
    uint32_t struct_size;
    aspm_alert_level level;
    aspm_str key; /* identity within the organisation: raised again, the alert is counted, not repeated */
    aspm_str title;
    aspm_str text;   /* what happened and why */
    aspm_str remedy; /* what to do */
    aspm_str url;    /* where to do it; may be empty */
} aspm_alert;

typedef struct aspm_alerts {
    uint32_t struct_size;
    void* impl;

    /* Raises an alert or counts it once more. [any] */
    aspm_status (*raise)(const struct aspm_alerts* alerts, aspm_call* call, aspm_str organisation,
                         const aspm_alert* alert);

    /* The cause is gone; ASPM_OK also when no such alert stands. [any] */
    aspm_status (*clear)(const struct aspm_alerts* alerts, aspm_call* call, aspm_str organisation,
                         aspm_str key);
} aspm_alerts;

#ifdef __cplusplus
}
#endif

#endif
