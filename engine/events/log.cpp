#include "events/log.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "events/codec.h"

namespace tb::events {
namespace {

constexpr std::string_view kChainKey = ",\"chain\":\"";
constexpr std::size_t kChainDigits = 16;

/// The line as it is hashed: everything but the chain value at its end.
std::string event_body(const Event& e) {
    Json j = Json::object();
    j["t"] = e.tick;
    j["n"] = e.seq;
    j["who"] = e.actor;
    if (const auto* action = std::get_if<Action>(&e.what)) {
        j["do"] = to_json(*action);
    } else {
        j["is"] = to_json(std::get<Finding>(e.what));
    }
    return write_json(j);
}

/// body {...} + chain value -> the line {...,"chain":"..."}.
std::string chained_line(const std::string& body, const std::string& chain) {
    return body.substr(0, body.size() - 1) + std::string(kChainKey) + chain.substr(0, kChainDigits) + "\"}\n";
}

struct SplitLine {
    std::string body;
    std::string chain;
};

/// Takes the chain value off a line; nothing if the line does not end in one.
std::optional<SplitLine> split_line(std::string_view line) {
    const std::size_t tail = kChainKey.size() + kChainDigits + 2; // ,"chain":"0123456789abcdef"}
    if (line.size() < tail + 1 || line.substr(line.size() - tail, kChainKey.size()) != kChainKey)
        return std::nullopt;
    return SplitLine{std::string(line.substr(0, line.size() - tail)) + "}",
                     std::string(line.substr(line.size() - 2 - kChainDigits, kChainDigits))};
}

} // namespace

EventLog::EventLog(LogHeader header) : header_(std::move(header)) {
    const std::string body = write_json(to_json(header_));
    chain_ = sha256_hex(body);
    lines_.push_back(chained_line(body, chain_));
}

const Event& EventLog::append(Tick tick, std::string actor, std::variant<Action, Finding> what) {
    Event& e = events_.emplace_back();
    e.tick = tick;
    e.seq = static_cast<std::int64_t>(events_.size()) - 1;
    e.actor = std::move(actor);
    e.what = std::move(what);
    const std::string body = event_body(e);
    chain_ = sha256_hex(chain_ + body);
    lines_.push_back(chained_line(body, chain_));
    return e;
}

std::string EventLog::take_unwritten() {
    std::string out;
    for (; written_ < lines_.size(); ++written_)
        out += lines_[written_];
    return out;
}

std::string EventLog::text() const {
    std::string out;
    for (const std::string& line : lines_)
        out += line;
    return out;
}

/// Reads line by line; a friend of EventLog so that the lines are kept as they were, whatever is wrong with
/// them.
struct LogReader {
    std::string_view source;
    std::optional<EventLog> log;
    std::size_t broken_line = 0;

    Expected<void> take_line(std::string_view line, std::size_t number) {
        const std::string where = fmt::format("{}:{}", source, number);
        const auto json = parse_json(line, where);
        if (!json) {
            return fail(ErrorCode::BadInput,
                        "this line is damaged; score what stands before it from a backup of the file, "
                        "or restore the log",
                        where);
        }
        const auto split = split_line(line);
        if (!log) {
            const auto header = header_from_json(*json, where);
            if (!header) return tl::unexpected(header.error());
            log.emplace(*header);
            check_chain(split, number, sha256_hex(split ? split->body : std::string(line)));
        } else {
            const auto event = read_event(*json, where);
            if (!event) return tl::unexpected(event.error());
            log->events_.push_back(*event);
            log->lines_.emplace_back(std::string(line) + "\n");
            check_chain(split, number, sha256_hex(log->chain_ + (split ? split->body : std::string(line))));
        }
        return {};
    }

    void check_chain(const std::optional<SplitLine>& split, std::size_t number, std::string chain) {
        const bool fits = split && split->chain == chain.substr(0, kChainDigits);
        if (!fits && broken_line == 0) broken_line = number;
        log->chain_ = std::move(chain);
    }

    Expected<Event> read_event(const Json& json, const std::string& where) const {
        Event e;
        const bool framed = json.is_object() && json.contains("t") && json["t"].is_number_integer() &&
                            json.contains("n") && json["n"].is_number_integer() && json.contains("who") &&
                            json["who"].is_string() && (json.contains("do") != json.contains("is"));
        if (!framed) {
            return fail(ErrorCode::BadInput, "this line is not an event; the log is damaged from here on",
                        where);
        }
        e.tick = json["t"].get<Tick>();
        e.seq = json["n"].get<std::int64_t>();
        e.actor = json["who"].get<std::string>();
        if (e.seq != static_cast<std::int64_t>(log->events_.size())) {
            return fail(ErrorCode::BadInput,
                        fmt::format("event number {} stands where {} should be: lines are missing or doubled",
                                    e.seq, log->events_.size()),
                        where);
        }
        if (!log->events_.empty() && e.tick < log->events_.back().tick) {
            return fail(ErrorCode::BadInput,
                        "this event is earlier than the one before it; the log was altered", where);
        }
        if (json.contains("do")) {
            auto action = action_from_json(json["do"], where);
            if (!action) return tl::unexpected(action.error());
            e.what = std::move(*action);
        } else {
            auto finding = finding_from_json(json["is"], where);
            if (!finding) return tl::unexpected(finding.error());
            e.what = std::move(*finding);
        }
        return e;
    }

    void all_written() { log->written_ = log->lines_.size(); }
};

Expected<ReadLog> read_log(std::string_view text, std::string_view source) {
    LogReader reader{source, std::nullopt, 0};
    std::size_t number = 0;
    bool complete = true;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) { // the program was killed while writing this line
            complete = false;
            break;
        }
        ++number;
        if (auto ok = reader.take_line(text.substr(0, end), number); !ok) return tl::unexpected(ok.error());
        text.remove_prefix(end + 1);
    }
    if (!reader.log) {
        return fail(ErrorCode::BadInput,
                    "the log is empty or its first line was cut off; nothing can be read from it",
                    std::string(source));
    }
    reader.all_written();
    ReadLog result{std::move(*reader.log), complete, {}, reader.broken_line};
    if (!complete) result.warning = fmt::format("the last line of {} was cut off and is left out", source);
    return result;
}

} // namespace tb::events
