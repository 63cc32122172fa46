// Promises inside the program. A broken one is a bug, never bad input: the hook closes the live log, then the
// program ends.
#pragma once

#include <string_view>

namespace tb {

/// Called once before the program ends on a broken promise; app sets it to close the log and tell the user
/// where it is.
using CrashHook = void (*)(std::string_view what);
void set_crash_hook(CrashHook hook);

[[noreturn]] void check_failed(const char* expression, const char* file, int line);

} // namespace tb

/// Always on, also in Release.
#define TB_CHECK(expression) ((expression) ? void(0) : ::tb::check_failed(#expression, __FILE__, __LINE__))
