// The document of the program: header, ordered events, hash chain. Format: docs/log-format.md.
// The log knows no file: it hands out lines of text and takes lines of text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "events/event.h"

namespace tb::events {

constexpr int kLogVersion = 1;

struct LogHeader {
    int version = kLogVersion;
    std::string program;       ///< "tautband 0.1.0"
    std::string scenario;      ///< case id
    std::string scenario_hash; ///< SHA-256 of the scene's text
    std::string anatomy_hash;  ///< content hash of the built body
    std::string mode;          ///< "practice", "demo", "assessment"
    std::uint64_t seed = 0;
    double contrast_gain = 1.0; ///< display amplification of palpation, part of the evidence
    std::string trainee;        ///< profile name or candidate number, may be empty
    std::string created;        ///< ISO 8601 wall time, written by the application; not used by the simulator
    std::string parent;         ///< chain head of the log this one branched from, empty if none
    Tick parent_tick = 0;
    bool operator==(const LogHeader&) const = default;
};

/// Append-only. Each line carries the first 16 hex digits of SHA-256(previous chain value + line body).
class EventLog {
public:
    explicit EventLog(LogHeader header);

    [[nodiscard]] const LogHeader& header() const { return header_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    /// Numbers the event and appends it.
    const Event& append(Tick tick, std::string actor, std::variant<Action, Finding> what);

    /// Lines not yet handed out, each with its line feed; the header line comes first. Called by whoever owns
    /// the file.
    std::string take_unwritten();
    /// The whole log as text.
    [[nodiscard]] std::string text() const;
    /// Chain value after the last event, 64 hex digits.
    [[nodiscard]] const std::string& chain_head() const { return chain_; }

private:
    friend struct LogReader;
    LogHeader header_;
    std::vector<Event> events_;
    std::vector<std::string> lines_;
    std::size_t written_ = 0;
    std::string chain_;
};

/// What reading a log found. A half-written last line (killed program) is dropped and said so, not an error.
struct ReadLog {
    EventLog log;
    bool complete = true; ///< false: the last line was cut off
    std::string warning;  ///< one sentence for people, empty if all is well
    /// First place where chain and content do not fit: line number from 1, 0 if none.
    std::size_t broken_line = 0;
};

/// Reads a log; `source` names it in errors. Fails only where nothing can be used (no header, unknown
/// version, a line in the middle that is not an event). A broken chain is reported in the result so that
/// `verify` can name the line.
Expected<ReadLog> read_log(std::string_view text, std::string_view source);

} // namespace tb::events
