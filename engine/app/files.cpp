#include "app/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>

namespace tb::app {

namespace fs = std::filesystem;

Expected<std::string> read_file(const fs::path& path) {
    std::error_code ec;
    const fs::file_status status = fs::status(path, ec);
    if (!fs::exists(status)) {
        return fail(ErrorCode::NotFound, "there is no such file; check the name or restore the file",
                    path.string());
    }
    if (fs::is_directory(status))
        return fail(ErrorCode::BadInput, "this is a folder, a file is needed", path.string());
    if (!fs::is_regular_file(status)) { // a device such as /dev/zero would never end
        return fail(ErrorCode::BadInput, "this is not a regular file; choose a file on disk", path.string());
    }
    std::ifstream in(path, std::ios::binary);
    // In one piece: the body has 50 MB. A file of /proc says that it has none, a growing one has more.
    const std::uintmax_t size = fs::file_size(path, ec);
    std::string bytes(ec ? 0 : static_cast<std::size_t>(size), '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
    if (in) bytes.append(std::istreambuf_iterator<char>(in), {});
    if (in.bad() || !in.is_open()) {
        return fail(ErrorCode::BadInput,
                    fmt::format("the file cannot be read ({}); check its permissions", std::strerror(errno)),
                    path.string());
    }
    return bytes;
}

Error write_error(const fs::path& path, int error_number) {
    switch (error_number) {
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::Unwritable, "the disk is full; free some space, nothing written before is lost",
                path.string()};
    case EACCES:
    case EPERM:
        return {ErrorCode::Unwritable,
                "this place may not be written; choose another folder or change its permissions",
                path.string()};
    case EROFS:
        return {ErrorCode::Unwritable, "this is a read-only file system; choose another folder",
                path.string()};
    case ENOTDIR:
    case ENOENT:
        return {ErrorCode::Unwritable, "the folder does not exist or is a file; choose another folder",
                path.string()};
    default:
        return {ErrorCode::Unwritable,
                fmt::format("the file cannot be written ({})", std::strerror(error_number)), path.string()};
    }
}

Expected<void> write_file(const fs::path& path, std::string_view bytes) {
    const fs::path beside = path.string() + ".part";
    const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return tl::unexpected(write_error(path, errno));
    std::size_t done = 0;
    int error_number = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            error_number = n < 0 ? errno : ENOSPC;
            break;
        }
        done += static_cast<std::size_t>(n);
    }
    if (::close(fd) != 0 && error_number == 0) error_number = errno;
    if (error_number == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error_number = errno;
    if (error_number != 0) {
        ::unlink(beside.c_str());
        return tl::unexpected(write_error(path, error_number));
    }
    return {};
}

Expected<void> need_folder(const fs::path& folder) {
    std::error_code ec;
    fs::create_directories(folder, ec);
    if (ec) return tl::unexpected(write_error(folder, ec.value()));
    if (!fs::is_directory(folder, ec)) return tl::unexpected(write_error(folder, ENOTDIR));
    if (::access(folder.c_str(), W_OK | X_OK) != 0) return tl::unexpected(write_error(folder, errno));
    return {};
}

namespace {

fs::path home_folder() {
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/') return home;
    if (const passwd* entry = ::getpwuid(::getuid()); entry != nullptr && entry->pw_dir != nullptr)
        return entry->pw_dir;
    return fs::temp_directory_path();
}

fs::path xdg(const char* variable, const char* below_home) {
    const char* value = std::getenv(variable);
    const fs::path base = value != nullptr && value[0] == '/' ? fs::path(value) : home_folder() / below_home;
    return base / "tautband";
}

} // namespace

fs::path data_folder() {
    return xdg("XDG_DATA_HOME", ".local/share");
}
fs::path state_folder() {
    return xdg("XDG_STATE_HOME", ".local/state");
}
fs::path config_folder() {
    return xdg("XDG_CONFIG_HOME", ".config");
}

} // namespace tb::app
