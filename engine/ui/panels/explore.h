// Inside module ui only: looking into the patient during a case, with the tools of the Anatomy screen. The
// hand is put aside meanwhile: nothing here acts on the patient.
#pragma once

#include "ui/frame.h"

namespace tb::ui::explore {

void draw_tools(Frame& f); ///< instead of the hand's tools: the nine tools, what is going on, the way back
float tools_height(const Frame& f, float width); ///< that they need in a panel of this width
void draw_side(Frame& f);                        ///< instead of the activity: the step, lists, layers, card
/// Pointer and keys over the picture, and what is written over it. After all panels.
void follow(Frame& f);

} // namespace tb::ui::explore
