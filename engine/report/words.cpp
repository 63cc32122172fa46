#include "report/words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "events/codec.h"
#include "scoring/readings.h"

namespace tb::report {

std::string number_text(double v) {
    if (!std::isfinite(v)) return "-";
    std::string text = fmt::format("{:.2f}", v);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string time_text(Tick t) {
    const auto s = static_cast<long>(seconds_of(t).value());
    return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string event_text(const events::Event& event) {
    if (event.get<events::ToolPose>() != nullptr || event.get<events::Checkpoint>() != nullptr ||
        event.get<events::Felt>() != nullptr || event.get<events::Contact>() != nullptr) {
        return {};
    }
    Json j = event.is_action() ? events::to_json(std::get<events::Action>(event.what))
                               : events::to_json(std::get<events::Finding>(event.what));
    std::string text = j["type"].get<std::string>();
    std::replace(text.begin(), text.end(), '_', ' ');
    for (const auto& [key, value] : j.items()) {
        if (key == "type" || value.is_array() || (value.is_string() && value.get<std::string>().empty()))
            continue;
        std::string name = key;
        std::replace(name.begin(), name.end(), '_', ' ');
        text += fmt::format(", {} {}", name,
                            value.is_string()   ? value.get<std::string>()
                            : value.is_number() ? number_text(value.get<double>())
                                                : value.dump());
    }
    return text;
}

std::vector<std::string> thresholds(const ReportInput& input) {
    std::vector<std::string> out;
    if (input.log == nullptr) return out;
    const auto readings = scoring::algometer_readings(input.log->events());
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const scoring::AlgometerReading& r = readings[i];
        out.push_back(fmt::format("{} {}: {} (event #{})", time_text(r.tick),
                                  scoring::reading_place(input.body, r.found),
                                  scoring::reading_words(readings, i), r.seq));
    }
    return out;
}

} // namespace tb::report
