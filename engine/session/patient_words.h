// Inside module session: words for places of pain as a patient would say them.
#pragma once

#include <string>
#include <string_view>

#include "anatomy/trigger_points.h"
#include "scenario/scenario.h"

namespace tb::session {

/// "head.temple" -> "my temple"; an unknown zone by its region.
std::string place_words(std::string_view zone);
/// Where pressing this point sends the pain, in this patient's words.
std::string referral_words(const anatomy::TriggerPoint* point, const scenario::Patient& patient);

/// What a patient cries when this nerve (structure id) is met: electric pain in its territory.
std::string nerve_words(std::string_view nerve);

} // namespace tb::session
