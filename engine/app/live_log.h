// The log on disk while a session runs: every event within a second, whatever happens to the program.
//
// A thread of its own writes and syncs, so that a slow disk never holds up the picture. When the disk is full
// or gone the lines are kept and tried again every second; `problem` has the sentence to show. Nothing is
// ever thrown away.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "events/log.h"

namespace tb::app {

class LiveLog {
public:
    /// Creates the file (fails if it exists: a log is never overwritten) and takes the log's lines so far.
    /// The file appears under its name with its header in it, so that a kill at any moment leaves a log that
    /// can be read or none.
    static Expected<std::unique_ptr<LiveLog>> create(const std::filesystem::path& path,
                                                     events::EventLog& log);
    /// Goes on with an existing log after its last whole line; a cut-off line is removed first (kept beside
    /// as .cut).
    static Expected<std::unique_ptr<LiveLog>> reopen(const std::filesystem::path& path,
                                                     std::size_t whole_bytes);
    ~LiveLog(); ///< writes what is left

    /// Takes the lines that the log has not handed out yet. Call often (each frame, each advance).
    void take(events::EventLog& log);
    /// Waits until everything taken so far is on disk; false if it could not be written.
    bool flush();
    /// The sentence about what is wrong with writing now, if anything.
    [[nodiscard]] std::optional<Error> problem() const;
    [[nodiscard]] const std::filesystem::path& path() const;

private:
    struct Impl;
    explicit LiveLog(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Logs of sessions that were not finished: where the program was killed. Newest first.
struct UnfinishedLog {
    std::filesystem::path path;
    events::LogHeader header;
    double minutes = 0.0; ///< of simulated time
    std::size_t events = 0;
    std::string warning;
};
std::vector<UnfinishedLog> find_unfinished(const std::filesystem::path& folder);

/// <data folder>/sessions; new file names carry time and case: 2026-11-24T15-20-00Z_desk-neck.tautlog.
std::filesystem::path sessions_folder();
std::filesystem::path new_log_path(const std::filesystem::path& folder, const std::string& scenario,
                                   const std::string& created);

/// Reads a log file for a command; the path names it in errors.
Expected<events::ReadLog> read_log_file(const std::filesystem::path& path);

} // namespace tb::app
