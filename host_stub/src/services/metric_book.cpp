#include "metric_book.hpp"

#include <cmath>
#include <sstream>

namespace aspm::host {

namespace {

constexpr std::size_t mostSeries = 5000;
const double bounds[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

std::string metricName(const std::string& name) {
    std::string out = "aspm_";
    for (char c : name) {
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        out += ok ? c : '_';
    }
    return out;
}

std::string labelText(const Fields& labels) {
    std::string out;
    for (const auto& [name, value] : labels) {
        out += (out.empty() ? "" : ",") + metricName(name).substr(5) + "=\"";
        for (char c : value) {
            if (c == '\\' || c == '"')
                out += '\\';
            if (c == '\n')
                out += "\\n";
            else
                out += c;
        }
        out += "\"";
    }
    return out;
}

std::string braces(const std::string& labels) {
    return labels.empty() ? "" : "{" + labels + "}";
}

} // namespace

bool MetricBook::hasRoom() const {
    return _counters.size() + _gauges.size() + _histograms.size() < mostSeries;
}

void MetricBook::add(const std::string& name, double by, const Fields& labels) {
    Series series{metricName(name), labelText(labels)};
    std::lock_guard<std::mutex> lock(_mutex);
    if (hasRoom() || _counters.count(series) != 0)
        _counters[series] += by;
}

void MetricBook::set(const std::string& name, double value, const Fields& labels) {
    Series series{metricName(name), labelText(labels)};
    std::lock_guard<std::mutex> lock(_mutex);
    if (hasRoom() || _gauges.count(series) != 0)
        _gauges[series] = value;
}

void MetricBook::observe(const std::string& name, double value, const Fields& labels) {
    Series series{metricName(name), labelText(labels)};
    std::lock_guard<std::mutex> lock(_mutex);
    if (!hasRoom() && _histograms.count(series) == 0)
        return;
    Histogram& histogram = _histograms[series];
    histogram.buckets.resize(std::size(bounds));
    for (std::size_t i = 0; i < std::size(bounds); ++i)
        if (value <= bounds[i])
            ++histogram.buckets[i];
    histogram.sum += value;
    ++histogram.count;
}

std::string MetricBook::text() const {
    std::lock_guard<std::mutex> lock(_mutex);
    std::ostringstream out;
    std::string last;
    auto head = [&](const std::string& name, const char* type) {
        if (name != last)
            out << "# TYPE " << name << " " << type << "\n";
        last = name;
    };
    for (const auto& [series, value] : _counters) {
        head(series.first, "counter");
        out << series.first << braces(series.second) << " " << value << "\n";
    }
    for (const auto& [series, value] : _gauges) {
        head(series.first, "gauge");
        out << series.first << braces(series.second) << " " << value << "\n";
    }
    for (const auto& [series, histogram] : _histograms) {
        head(series.first, "histogram");
        std::string comma = series.second.empty() ? "" : series.second + ",";
        for (std::size_t i = 0; i < std::size(bounds); ++i)
            out << series.first << "_bucket{" << comma << "le=\"" << bounds[i] << "\"} "
                << histogram.buckets[i] << "\n";
        out << series.first << "_bucket{" << comma << "le=\"+Inf\"} " << histogram.count << "\n";
        out << series.first << "_sum" << braces(series.second) << " " << histogram.sum << "\n";
        out << series.first << "_count" << braces(series.second) << " " << histogram.count << "\n";
    }
    return out.str();
}

} // namespace aspm::host
