// JSON in and out. Reading reports every fault of a document with its line or its place; writing keeps a
// stable order. The core parses text that somebody else read: this module opens no file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"

namespace tb {

/// Keeps the order of keys as written.
using Json = nlohmann::ordered_json;

/// Parses one document. `source` names it in errors; a syntax error gives "source:line".
Expected<Json> parse_json(std::string_view text, std::string_view source);

/// Compact text on one line; numbers with a point whatever the locale; shortest text that reads back equal.
std::string write_json(const Json& value);

/// Reads typed fields of one document and collects every fault instead of stopping at the first.
/// `at` keeps the JSON pointer of where it stands ("/patient/height_cm").
class JsonReader {
public:
    /// `root` and `faults` must outlive every reader made from this one.
    JsonReader(const Json& root, std::string source, std::vector<Error>& faults);

    /// Field of an object; a missing one is a fault unless `required` is false.
    [[nodiscard]] JsonReader child(std::string_view key, bool required = true) const;
    [[nodiscard]] JsonReader element(std::size_t index) const;
    /// Elements of an array; anything else is a fault and reads as empty.
    [[nodiscard]] std::vector<JsonReader> elements() const;
    /// Keys of an object in written order; anything else is a fault and reads as empty.
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] bool exists() const { return value_ != nullptr; }
    [[nodiscard]] bool is_null() const { return value_ == nullptr || value_->is_null(); }
    [[nodiscard]] const Json& raw() const;

    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::string text_or(std::string_view key, std::string_view otherwise) const;
    [[nodiscard]] double number(std::string_view key, double low, double high) const;
    [[nodiscard]] double number_or(std::string_view key, double otherwise, double low, double high) const;
    [[nodiscard]] bool flag_or(std::string_view key, bool otherwise) const;
    [[nodiscard]] std::vector<std::string> texts_or_empty(std::string_view key) const;
    /// This value itself, as text or number.
    [[nodiscard]] std::string as_text() const;
    [[nodiscard]] double as_number(double low, double high) const;

    /// Reports a fault at this place (a rule of the caller's).
    void fault(std::string message) const;
    /// Every key that is not in `known` is a fault: a misspelt key must not be ignored silently.
    void only_keys(std::initializer_list<std::string_view> known) const;

    [[nodiscard]] const std::string& where() const { return at_; }

private:
    JsonReader(const Json* value, std::string source, std::string at, std::vector<Error>* faults);
    const Json* value_;
    std::string source_;
    std::string at_;
    std::vector<Error>* faults_;
};

} // namespace tb
