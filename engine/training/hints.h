// The next sensible act, from the state of the procedure; asked for, never pushed.
#pragma once

#include <string>

#include "procedure/step.h"
#include "session/session.h"

namespace tb::training {

struct Hint {
    std::string step; ///< procedure step id
    std::string text; ///< one or two sentences
};
Hint next_hint(const session::Session& session, const procedure::Procedure& procedure);

} // namespace tb::training
