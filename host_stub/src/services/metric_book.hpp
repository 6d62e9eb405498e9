#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

namespace aspm::host {

/// Metrics in memory, written out in the Prometheus text format. The number of series is bounded. Safe from
/// any thread.
class MetricBook : public MetricsService {
public:
    void add(const std::string& name, double by, const Fields& labels) override;
    void set(const std::string& name, double value, const Fields& labels) override;
    void observe(const std::string& name, double value, const Fields& labels) override;

    /// prometheus.io, exposition formats, text format 0.0.4.
    std::string text() const;

private:
    struct Histogram {
        std::vector<std::uint64_t> buckets;
        double sum = 0;
        std::uint64_t count = 0;
    };
    using Series = std::pair<std::string, std::string>; ///< name, labels as written

    bool hasRoom() const;

    mutable std::mutex _mutex;
    std::map<Series, double> _counters;
    std::map<Series, double> _gauges;
    std::map<Series, Histogram> _histograms;
};

} // namespace aspm::host
