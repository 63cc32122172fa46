// Results of things that can fail because of outside data: files, logs, scenes, figures.
// Inside the core nothing "fails": an impossible request becomes a `Refused` finding (events/finding.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace tb {

enum class ErrorCode {
    BadInput,   ///< a file or value that does not hold what it should; exit code 2
    NotFound,   ///< a file, folder or id that is not there; exit code 2
    Unwritable, ///< a place that cannot be written (permission, full disk); exit code 2
    Differs,    ///< verification found a difference; exit code 3
    NoGraphics, ///< no usable OpenGL; exit code 4
};

/// One sentence for people: what is wrong, where, and what to do about it.
struct Error {
    ErrorCode code = ErrorCode::BadInput;
    std::string message; ///< what is wrong and the remedy, one sentence
    std::string where; ///< file, with line or path inside it where known ("scenes/x.json:12", "rubric.json at
                       ///< /items/3")

    /// "where: message" or just the message.
    [[nodiscard]] std::string text() const;
};

template <class T>
using Expected = tl::expected<T, Error>;
/// Loaders report every fault at once.
template <class T>
using ExpectedAll = tl::expected<T, std::vector<Error>>;

tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {});

/// Process exit code promised by the command line (docs/cli.md): 2 bad input, 3 differs, 4 no graphics.
int exit_code_of(ErrorCode code);

} // namespace tb
