#include "base/json.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace tb {

Expected<Json> parse_json(std::string_view text, std::string_view source) {
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& e) {
        const auto upto = std::min<std::size_t>(e.byte, text.size());
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(upto), '\n');
        return fail(ErrorCode::BadInput,
                    text.empty() ? std::string("the file is empty; restore it or choose another")
                                 : "this is not valid JSON from here on; correct it or restore the file",
                    fmt::format("{}:{}", source, line));
    } catch (const Json::out_of_range&) { // a number like 1e999
        return fail(ErrorCode::BadInput,
                    "a number in it is too large for any use; correct it or restore the file",
                    std::string(source));
    }
}

std::string write_json(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

JsonReader::JsonReader(const Json& root, std::string source, std::vector<Error>& faults)
    : value_(&root), source_(std::move(source)), faults_(&faults) {}

JsonReader::JsonReader(const Json* value, std::string source, std::string at, std::vector<Error>* faults)
    : value_(value), source_(std::move(source)), at_(std::move(at)), faults_(faults) {}

void JsonReader::fault(std::string message) const {
    faults_->push_back({ErrorCode::BadInput, std::move(message),
                        at_.empty() ? source_ : fmt::format("{} at {}", source_, at_)});
}

const Json& JsonReader::raw() const {
    static const Json kNull;
    return value_ != nullptr ? *value_ : kNull;
}

JsonReader JsonReader::child(std::string_view key, bool required) const {
    const Json* found = nullptr;
    if (value_ != nullptr && value_->is_object()) {
        if (const auto it = value_->find(std::string(key)); it != value_->end()) found = &*it;
    }
    if (found == nullptr && required && value_ != nullptr) {
        fault(fmt::format("\"{}\" is missing; add it", key));
    }
    return {found, source_, fmt::format("{}/{}", at_, key), faults_};
}

JsonReader JsonReader::element(std::size_t index) const {
    const Json* found =
        value_ != nullptr && value_->is_array() && index < value_->size() ? &(*value_)[index] : nullptr;
    return {found, source_, fmt::format("{}/{}", at_, index), faults_};
}

std::vector<JsonReader> JsonReader::elements() const {
    std::vector<JsonReader> out;
    if (value_ == nullptr) return out;
    if (!value_->is_array()) {
        fault("a list [...] is expected here");
        return out;
    }
    for (std::size_t i = 0; i < value_->size(); ++i)
        out.push_back(element(i));
    return out;
}

std::vector<std::string> JsonReader::keys() const {
    std::vector<std::string> out;
    if (value_ == nullptr) return out;
    if (!value_->is_object()) {
        fault("an object {...} is expected here");
        return out;
    }
    for (const auto& [key, value] : value_->items())
        out.push_back(key);
    return out;
}

std::string JsonReader::as_text() const {
    if (value_ == nullptr) return {};
    if (!value_->is_string()) {
        fault("a text in quotes is expected here");
        return {};
    }
    return value_->get<std::string>();
}

double JsonReader::as_number(double low, double high) const {
    if (value_ == nullptr) return low;
    if (!value_->is_number()) {
        fault("a number is expected here");
        return low;
    }
    const auto v = value_->get<double>();
    if (!std::isfinite(v) || v < low || v > high) {
        fault(fmt::format("{} is outside {} to {}; check the value and its unit", v, low, high));
        return std::clamp(std::isfinite(v) ? v : low, low, high);
    }
    return v;
}

std::string JsonReader::text(std::string_view key) const {
    return child(key).as_text();
}

std::string JsonReader::text_or(std::string_view key, std::string_view otherwise) const {
    const JsonReader c = child(key, false);
    return c.is_null() ? std::string(otherwise) : c.as_text();
}

double JsonReader::number(std::string_view key, double low, double high) const {
    return child(key).as_number(low, high);
}

double JsonReader::number_or(std::string_view key, double otherwise, double low, double high) const {
    const JsonReader c = child(key, false);
    return c.is_null() ? otherwise : c.as_number(low, high);
}

bool JsonReader::flag_or(std::string_view key, bool otherwise) const {
    const JsonReader c = child(key, false);
    if (c.is_null()) return otherwise;
    if (!c.raw().is_boolean()) {
        c.fault("true or false is expected here");
        return otherwise;
    }
    return c.raw().get<bool>();
}

std::vector<std::string> JsonReader::texts_or_empty(std::string_view key) const {
    std::vector<std::string> out;
    const JsonReader c = child(key, false);
    if (c.is_null()) return out;
    for (const JsonReader& e : c.elements())
        out.push_back(e.as_text());
    return out;
}

void JsonReader::only_keys(std::initializer_list<std::string_view> known) const {
    if (value_ == nullptr || !value_->is_object()) return;
    for (const auto& [key, value] : value_->items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            fault(fmt::format("\"{}\" is not a key that is known here; correct its spelling or remove it",
                              key));
        }
    }
}

} // namespace tb
