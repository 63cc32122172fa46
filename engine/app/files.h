// Files and folders of the user: reading, safe writing, XDG places. Every failure is one sentence with file
// and remedy.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tb::app {

Expected<std::string> read_file(const std::filesystem::path& path);

/// Writes beside the target and renames, so that a full disk or a kill never leaves half a file under the
/// final name.
Expected<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// Creates the folder and its parents if needed and checks that it can be written.
Expected<void> need_folder(const std::filesystem::path& folder);

/// XDG base directories with "/tautband" appended. A variable that is unset, empty or not absolute is
/// ignored, as the XDG Base Directory Specification 0.8 says (SDL's own resolver writes to the file system's
/// root when it is empty).
std::filesystem::path data_folder();   ///< XDG_DATA_HOME or ~/.local/share
std::filesystem::path state_folder();  ///< XDG_STATE_HOME or ~/.local/state
std::filesystem::path config_folder(); ///< XDG_CONFIG_HOME or ~/.config

/// The sentence for an errno of a write: full disk, no permission, read-only, ...
Error write_error(const std::filesystem::path& path, int error_number);

} // namespace tb::app
