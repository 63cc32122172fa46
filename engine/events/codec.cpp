#include "events/codec.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "events/fields.h"

namespace tb::events {
namespace {

template <class E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

constexpr Names<Tool, 9> kTools = {{{Tool::None, "none"},
                                    {Tool::Finger, "finger"},
                                    {Tool::Pen, "pen"},
                                    {Tool::Swab, "swab"},
                                    {Tool::Spray, "spray"},
                                    {Tool::WhealNeedle, "wheal_needle"},
                                    {Tool::Needle, "needle"},
                                    {Tool::Gauze, "gauze"},
                                    {Tool::Algometer, "algometer"}}};
constexpr Names<Posture, 5> kPostures = {{{Posture::Sitting, "sitting"},
                                          {Posture::Prone, "prone"},
                                          {Posture::Supine, "supine"},
                                          {Posture::SideLyingLeft, "side_lying_left"},
                                          {Posture::SideLyingRight, "side_lying_right"}}};
constexpr Names<Gloves, 3> kGloves = {
    {{Gloves::None, "none"}, {Gloves::Clean, "clean"}, {Gloves::Sterile, "sterile"}}};
constexpr Names<Syringe, 2> kSyringes = {{{Syringe::Wheal, "wheal"}, {Syringe::Injection, "injection"}}};

template <class Table, class E>
std::string_view find_name(const Table& table, E v) {
    for (const auto& [value, name] : table) {
        if (value == v) return name;
    }
    return "unknown";
}

template <class Table, class E>
bool find_value(const Table& table, std::string_view name, E& out) {
    for (const auto& [value, n] : table) {
        if (n == name) {
            out = value;
            return true;
        }
    }
    return false;
}

struct Writer {
    Json& out;
    void operator()(const char* key, const PointMm& v) const { out[key] = Json::array({v.x, v.y, v.z}); }
    void operator()(const char* key, const Direction& v) const { out[key] = Json::array({v.x, v.y, v.z}); }
    template <class Tag>
    void operator()(const char* key, const Quantity<Tag>& v) const {
        out[key] = v.value();
    }
    /// A field that older logs and scripts lack: left out while it is as it is without it.
    template <class T>
    void optional(const char* key, const T& v) const {
        if (v != T{}) (*this)(key, v);
    }
    // 64-bit hashes go as text: JSON readers elsewhere keep only 53 bits of a number.
    void operator()(const char* key, std::uint64_t v) const { out[key] = fmt::format("{:016x}", v); }
    template <class T>
    void operator()(const char* key, const T& v) const {
        if constexpr (std::is_enum_v<T>) {
            out[key] = name_of(v);
        } else {
            out[key] = v;
        }
    }
};

/// Reads fields; the first thing that is missing or of the wrong kind is kept as `problem`.
struct Reader {
    const Json& in;
    std::string problem;

    const Json* find(const char* key) {
        const auto it = in.find(key);
        if (it == in.end()) {
            note(key, "is missing");
            return nullptr;
        }
        return &*it;
    }
    void note(const char* key, std::string_view what) {
        if (problem.empty()) problem = fmt::format("\"{}\" {}", key, what);
    }
    bool number(const char* key, const Json& j, double& v) {
        if (!j.is_number() || !std::isfinite(j.get<double>())) {
            note(key, "must be a number");
            return false;
        }
        v = j.get<double>();
        return true;
    }
    template <class P>
    void triple(const char* key, P& v) {
        const Json* j = find(key);
        if (j == nullptr) return;
        if (!j->is_array() || j->size() != 3) {
            note(key, "must be [x, y, z]");
            return;
        }
        number(key, (*j)[0], v.x) && number(key, (*j)[1], v.y) && number(key, (*j)[2], v.z);
    }
    template <class T>
    void optional(const char* key, T& v) {
        if (in.find(key) != in.end()) (*this)(key, v);
    }
    void operator()(const char* key, PointMm& v) { triple(key, v); }
    void operator()(const char* key, Direction& v) { triple(key, v); }
    template <class Tag>
    void operator()(const char* key, Quantity<Tag>& v) {
        double d = 0.0;
        if (const Json* j = find(key); j != nullptr && number(key, *j, d)) v = Quantity<Tag>(d);
    }
    void operator()(const char* key, double& v) {
        if (const Json* j = find(key)) number(key, *j, v);
    }
    void operator()(const char* key, int& v) {
        const Json* j = find(key);
        if (j == nullptr) return;
        if (!j->is_number_integer()) {
            note(key, "must be a whole number");
            return;
        }
        v = j->get<int>();
    }
    void operator()(const char* key, bool& v) {
        const Json* j = find(key);
        if (j == nullptr) return;
        if (!j->is_boolean()) {
            note(key, "must be true or false");
            return;
        }
        v = j->get<bool>();
    }
    void operator()(const char* key, std::uint64_t& v) {
        const Json* j = find(key);
        if (j == nullptr) return;
        const std::string text = j->is_string() ? j->get<std::string>() : std::string();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v, 16);
        if (text.size() != 16 || error != std::errc() || end != text.data() + text.size())
            note(key, "must be 16 hex digits");
    }
    void operator()(const char* key, std::string& v) {
        const Json* j = find(key);
        if (j == nullptr) return;
        if (!j->is_string()) {
            note(key, "must be a text");
            return;
        }
        v = j->get<std::string>();
    }
    void operator()(const char* key, std::vector<std::string>& v) {
        const Json* j = find(key);
        if (j == nullptr) return;
        if (!j->is_array()) {
            note(key, "must be a list of texts");
            return;
        }
        v.clear();
        for (const Json& e : *j) {
            if (!e.is_string()) {
                note(key, "must be a list of texts");
                return;
            }
            v.push_back(e.get<std::string>());
        }
    }
    template <class E>
    requires std::is_enum_v<E>
    void operator()(const char* key, E& v) {
        std::string name;
        (*this)(key, name);
        if (problem.empty() && !from_name(name, v)) note(key, "has a value that is not known");
    }
};

template <class Variant>
Json variant_to_json(const Variant& v) {
    return std::visit(
        []<class T>(const T& s) {
            Json j = Json::object();
            j["type"] = fields::Describe<T>::name;
            fields::Describe<T>::visit(Writer{j}, s);
            return j;
        },
        v);
}

/// Tries alternative I of the variant; true when the kind fits (then `out` or `problem` is set).
template <class Variant, std::size_t I>
bool try_alternative(std::string_view kind, const Json& json, Variant& out, std::string& problem) {
    using T = std::variant_alternative_t<I, Variant>;
    if (fields::Describe<T>::name != kind) return false;
    T value{};
    Reader reader{json, {}};
    fields::Describe<T>::visit(reader, value);
    problem = reader.problem;
    out = std::move(value);
    return true;
}

template <class Variant>
Expected<Variant> variant_from_json(const Json& json, const std::string& where) {
    const auto it = json.is_object() ? json.find("type") : json.end();
    if (!json.is_object() || it == json.end() || !it->is_string()) {
        return fail(ErrorCode::BadInput,
                    "an event needs a \"type\"; the line is damaged or not from this program", where);
    }
    const auto type = it->get<std::string>();
    Variant out;
    std::string problem;
    const bool known = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (try_alternative<Variant, I>(type, json, out, problem) || ...);
    }
    (std::make_index_sequence<std::variant_size_v<Variant>>());
    if (!known) {
        return fail(ErrorCode::BadInput,
                    fmt::format("\"{}\" is not a type of event that this version knows", type), where);
    }
    if (!problem.empty()) return fail(ErrorCode::BadInput, fmt::format("{} in \"{}\"", problem, type), where);
    return out;
}

template <class Variant>
std::string_view variant_name(const Variant& v) {
    return std::visit([]<class T>(const T&) { return fields::Describe<T>::name; }, v);
}

} // namespace

Json to_json(const Action& action) {
    return variant_to_json(action);
}
Json to_json(const Finding& finding) {
    return variant_to_json(finding);
}

Expected<Action> action_from_json(const Json& json, const std::string& where) {
    return variant_from_json<Action>(json, where);
}
Expected<Finding> finding_from_json(const Json& json, const std::string& where) {
    return variant_from_json<Finding>(json, where);
}

namespace {
template <class V, class H>
void visit_header(V&& v, H& h) {
    v("program", h.program);
    v("scenario", h.scenario);
    v("scenario_hash", h.scenario_hash);
    v("anatomy_hash", h.anatomy_hash);
    v("mode", h.mode);
    v("seed", h.seed);
    v("contrast_gain", h.contrast_gain);
    v("trainee", h.trainee);
    v("created", h.created);
    v("parent", h.parent);
}
} // namespace

Json to_json(const LogHeader& header) {
    Json j = Json::object();
    j["tautlog"] = header.version;
    visit_header(Writer{j}, header);
    j["parent_tick"] = header.parent_tick;
    return j;
}

Expected<LogHeader> header_from_json(const Json& json, const std::string& where) {
    if (!json.is_object() || !json.contains("tautlog") || !json["tautlog"].is_number_integer()) {
        return fail(ErrorCode::BadInput,
                    "this is not a Tautband log: the first line has no \"tautlog\"; choose a .tautlog file",
                    where);
    }
    LogHeader header;
    header.version = json["tautlog"].get<int>();
    if (header.version < 1 || header.version > kLogVersion) {
        return fail(
            ErrorCode::BadInput,
            fmt::format("the log has format version {}, this program reads up to {}; use a newer Tautband",
                        header.version, kLogVersion),
            where);
    }
    Reader reader{json, {}};
    visit_header(reader, header);
    if (const Json* tick = reader.find("parent_tick"); tick != nullptr && tick->is_number_integer()) {
        header.parent_tick = tick->get<Tick>();
    }
    if (!reader.problem.empty())
        return fail(ErrorCode::BadInput, reader.problem + " in the log's header", where);
    return header;
}

std::string_view kind_name(const Action& action) {
    return variant_name(action);
}
std::string_view kind_name(const Finding& finding) {
    return variant_name(finding);
}

std::string_view name_of(Tool v) {
    return find_name(kTools, v);
}
std::string_view name_of(Posture v) {
    return find_name(kPostures, v);
}
std::string_view name_of(Gloves v) {
    return find_name(kGloves, v);
}
std::string_view name_of(Syringe v) {
    return find_name(kSyringes, v);
}
bool from_name(std::string_view name, Tool& out) {
    return find_value(kTools, name, out);
}
bool from_name(std::string_view name, Posture& out) {
    return find_value(kPostures, name, out);
}
bool from_name(std::string_view name, Gloves& out) {
    return find_value(kGloves, name, out);
}
bool from_name(std::string_view name, Syringe& out) {
    return find_value(kSyringes, name, out);
}

} // namespace tb::events
