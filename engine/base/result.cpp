#include "base/result.h"

#include <utility>

namespace tb {

std::string Error::text() const {
    return where.empty() ? message : where + ": " + message;
}

tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

int exit_code_of(ErrorCode code) {
    switch (code) {
    case ErrorCode::Differs:
        return 3;
    case ErrorCode::NoGraphics:
        return 4;
    default:
        return 2;
    }
}

} // namespace tb
