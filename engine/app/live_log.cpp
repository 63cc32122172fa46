#include "app/live_log.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "app/files.h"

namespace tb::app {

namespace fs = std::filesystem;

struct LiveLog::Impl {
    fs::path path;
    int fd = -1;
    mutable std::mutex mutex;
    std::condition_variable work, done;
    std::string pending;
    std::optional<Error> problem;
    std::size_t taken = 0, written = 0;
    bool closing = false, hurry = false;
    std::thread thread; // last: it starts when everything else is there

    Impl(fs::path p, int file) : path(std::move(p)), fd(file), thread([this] { run(); }) {}

    ~Impl() {
        {
            const std::lock_guard lock(mutex);
            closing = true;
        }
        work.notify_all();
        thread.join();
        ::close(fd);
    }

    void run() {
        std::unique_lock lock(mutex);
        for (;;) {
            work.wait_for(lock, std::chrono::seconds(1),
                          [this] { return closing || (!pending.empty() && !problem); });
            // Lines of a fifth of a second are synced together: well within the promised second, kind to the
            // disk.
            work.wait_for(lock, std::chrono::milliseconds(200), [this] { return closing || hurry; });
            hurry = false;
            if (!pending.empty()) {
                std::string chunk;
                chunk.swap(pending);
                lock.unlock();
                const std::size_t n = write_some(chunk);
                lock.lock();
                written += n;
                if (n < chunk.size())
                    pending.insert(0, chunk, n, std::string::npos); // the disk refused: keep the rest
                done.notify_all();
            }
            if (closing && (pending.empty() || problem)) return;
        }
    }

    /// Writes as much as the disk takes and syncs it; sets or clears `problem`.
    std::size_t write_some(const std::string& chunk) {
        std::size_t n = 0;
        int error_number = 0;
        while (n < chunk.size()) {
            const ssize_t got = ::write(fd, chunk.data() + n, chunk.size() - n);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                error_number = got < 0 ? errno : ENOSPC;
                break;
            }
            n += static_cast<std::size_t>(got);
        }
        if (error_number == 0 && ::fdatasync(fd) != 0 && errno != EINVAL && errno != EROFS)
            error_number = errno;
        const std::lock_guard lock(mutex);
        problem = error_number == 0 ? std::nullopt : std::optional<Error>(write_error(path, error_number));
        return n;
    }
};

LiveLog::LiveLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LiveLog::~LiveLog() = default;

Expected<std::unique_ptr<LiveLog>> LiveLog::create(const fs::path& path, events::EventLog& log) {
    const fs::path beside = path.string() + ".new";
    if (auto ok = write_file(beside, log.take_unwritten()); !ok) {
        return tl::unexpected(Error{ok.error().code, ok.error().message, path.string()});
    }
    int failed = ::link(beside.c_str(), path.c_str()) == 0 ? 0 : errno; // unlike rename, never replaces
    if ((failed == EPERM || failed == ENOTSUP) && !fs::exists(path)) {  // file systems without hard links
        failed = ::rename(beside.c_str(), path.c_str()) == 0 ? 0 : errno;
    }
    ::unlink(beside.c_str());
    if (failed == EEXIST) {
        return fail(ErrorCode::Unwritable,
                    "this log exists already and is never overwritten; choose another name", path.string());
    }
    if (failed != 0) return tl::unexpected(write_error(path, failed));
    const int fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0) return tl::unexpected(write_error(path, errno));
    return std::unique_ptr<LiveLog>(new LiveLog(std::make_unique<Impl>(path, fd)));
}

Expected<std::unique_ptr<LiveLog>> LiveLog::reopen(const fs::path& path, std::size_t whole_bytes) {
    const auto text = read_file(path);
    if (!text) return tl::unexpected(text.error());
    if (text->size() > whole_bytes) {
        if (auto kept = write_file(path.string() + ".cut", text->substr(whole_bytes)); !kept) {
            return tl::unexpected(kept.error());
        }
        if (::truncate(path.c_str(), static_cast<off_t>(whole_bytes)) != 0)
            return tl::unexpected(write_error(path, errno));
    }
    const int fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0) return tl::unexpected(write_error(path, errno));
    return std::unique_ptr<LiveLog>(new LiveLog(std::make_unique<Impl>(path, fd)));
}

void LiveLog::take(events::EventLog& log) {
    std::string lines = log.take_unwritten();
    if (lines.empty()) return;
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->taken += lines.size();
        impl_->pending += lines;
    }
    impl_->work.notify_one();
}

bool LiveLog::flush() {
    std::unique_lock lock(impl_->mutex);
    impl_->hurry = true;
    impl_->work.notify_one();
    impl_->done.wait(lock, [this] { return impl_->written >= impl_->taken || impl_->problem.has_value(); });
    return impl_->written >= impl_->taken;
}

std::optional<Error> LiveLog::problem() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->problem;
}

const fs::path& LiveLog::path() const {
    return impl_->path;
}

fs::path sessions_folder() {
    return data_folder() / "sessions";
}

fs::path new_log_path(const fs::path& folder, const std::string& scenario, const std::string& created) {
    std::string stamp = created;
    std::replace(stamp.begin(), stamp.end(), ':', '-');
    fs::path path = folder / fmt::format("{}_{}.tautlog", stamp, scenario);
    for (int n = 2; fs::exists(path); ++n)
        path = folder / fmt::format("{}_{}_{}.tautlog", stamp, scenario, n);
    return path;
}

Expected<events::ReadLog> read_log_file(const fs::path& path) {
    const auto text = read_file(path);
    if (!text) return tl::unexpected(text.error());
    return events::read_log(*text, path.string());
}

std::vector<UnfinishedLog> find_unfinished(const fs::path& folder) {
    std::vector<UnfinishedLog> found;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        if (entry.path().extension() != ".tautlog") continue;
        const auto read = read_log_file(entry.path());
        if (!read) continue; // `tautband verify` explains it; the home screen offers only what can be used
        const auto& events = read->log.events();
        const bool finished = std::any_of(events.rbegin(), events.rend(), [](const events::Event& e) {
            return e.get<events::FinishCase>() != nullptr;
        });
        if (finished || events.empty()) continue;
        found.push_back({entry.path(), read->log.header(), seconds_of(events.back().tick).value() / 60.0,
                         events.size(), read->warning});
    }
    std::sort(found.begin(), found.end(), [](const UnfinishedLog& a, const UnfinishedLog& b) {
        return a.path.filename() > b.path.filename();
    });
    return found;
}

} // namespace tb::app
