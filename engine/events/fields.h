// The one description of every action's and finding's fields: name in JSON and member. Codec and quantising
// both read it, so a new field is added in one line; `optional` for one that older logs lack. Inside module
// events only.
#pragma once

#include <string_view>

#include "events/action.h"
#include "events/finding.h"

namespace tb::events::fields {

template <class T>
struct Describe;

#define TB_FIELDS(Type, kind, ...)                                                                           \
    template <>                                                                                              \
    struct Describe<Type> {                                                                                  \
        static constexpr std::string_view name = kind;                                                       \
        template <class Visitor, class S>                                                                    \
        static void visit([[maybe_unused]] Visitor&& v, [[maybe_unused]] S& s) {                             \
            __VA_ARGS__                                                                                      \
        }                                                                                                    \
    }

// clang-format off
TB_FIELDS(SelectTool, "select_tool", v("tool", s.tool););
TB_FIELDS(ToolPose, "tool_pose", v("tool", s.tool); v("tip", s.tip); v("axis", s.axis); v("press", s.press););
TB_FIELDS(SetGrip, "set_grip", v("pincer", s.pincer););
TB_FIELDS(Say, "say", v("topic", s.topic););
TB_FIELDS(Declare, "declare", v("what", s.what); v("value", s.value););
TB_FIELDS(SetPosture, "set_posture", v("posture", s.posture););
TB_FIELDS(TakeItem, "take_item", v("item", s.item););
TB_FIELDS(WearGloves, "wear_gloves", v("gloves", s.gloves););
TB_FIELDS(BeginActivity, "begin_activity", v("activity", s.activity););
TB_FIELDS(EndActivity, "end_activity", );
TB_FIELDS(TakeAntiseptic, "take_antiseptic", v("agent", s.agent););
TB_FIELDS(MountNeedle, "mount_needle", v("syringe", s.syringe); v("gauge", s.gauge); v("length", s.length););
TB_FIELDS(DrawUp, "draw_up", v("syringe", s.syringe); v("agent", s.agent); v("volume", s.volume););
TB_FIELDS(ExpelAir, "expel_air", v("syringe", s.syringe););
TB_FIELDS(Mark, "mark", v("point", s.point););
TB_FIELDS(SprayJet, "spray_jet", v("on", s.on););
TB_FIELDS(Aspirate, "aspirate", v("pull", s.pull); v.optional("force", s.force););
TB_FIELDS(TurnBevel, "turn_bevel", v("roll", s.roll););
TB_FIELDS(PushPlunger, "push_plunger", v("rate", s.rate););
TB_FIELDS(Dispose, "dispose", v("item", s.item); v("place", s.place););
TB_FIELDS(Document, "document", v("field", s.field););
TB_FIELDS(AskHint, "ask_hint", );
TB_FIELDS(FastForward, "fast_forward", v("span", s.span););
TB_FIELDS(HoldProbe, "hold_probe", v("on", s.on); v("covered", s.covered); v("width", s.width););
TB_FIELDS(MoveProbe, "move_probe", v("centre", s.centre); v("inward", s.inward); v("lateral", s.lateral); v("press", s.press););
TB_FIELDS(TuneProbe, "tune_probe", v("depth", s.depth); v("gain_dB", s.gain_dB); v("frozen", s.frozen););
TB_FIELDS(FinishCase, "finish_case", v("decision", s.decision););

TB_FIELDS(Contact, "contact", v("tool", s.tool); v("touching", s.touching); v("point", s.point); v("muscle", s.muscle););
TB_FIELDS(Felt, "felt", v("point", s.point); v("press", s.press); v("indentation", s.indentation); v("band", s.band); v("nodule", s.nodule); v("tenderness", s.tenderness); v("band_of", s.band_of););
TB_FIELDS(Stroke, "stroke", v("muscle", s.muscle); v("duration", s.duration); v("peak_press", s.peak_press); v("length_across", s.length_across); v("best_band", s.best_band); v("best_nodule", s.best_nodule); v("trigger_point", s.trigger_point););
TB_FIELDS(HeldPressure, "held_pressure", v("point", s.point); v("duration", s.duration); v("press", s.press); v("trigger_point", s.trigger_point); v("criteria", s.criteria););
TB_FIELDS(PatientSaid, "patient_said", v("text", s.text); v("pain", s.pain););
TB_FIELDS(Marked, "marked", v("point", s.point); v("trigger_point", s.trigger_point); v("distance", s.distance); v("distance_to_target", s.distance_to_target););
TB_FIELDS(SkinState, "skin_state", v("agent", s.agent); v("coverage", s.coverage); v("friction", s.friction); v("outward", s.outward); v("dried", s.dried); v("dryness", s.dryness); v("touched_after", s.touched_after); v("occasion", s.occasion););
TB_FIELDS(Punctured, "punctured", v("tool", s.tool); v("entry", s.entry); v("angle", s.angle); v("force", s.force); v("from_mark", s.from_mark); v("pain", s.pain););
TB_FIELDS(TipMoved, "tip_moved", v("structure", s.structure); v("kind", s.kind); v("entered", s.entered); v("depth", s.depth); v("force", s.force););
TB_FIELDS(Clearance, "clearance", v("structure", s.structure); v("kind", s.kind); v("distance", s.distance););
TB_FIELDS(NeedlePass, "needle_pass", v("number", s.number); v("max_depth", s.max_depth); v("nearest_to_target", s.nearest_to_target); v("bend", s.bend); v("withdrawn_to", s.withdrawn_to); v("hub", s.hub); v.optional("through", s.through););
TB_FIELDS(Twitch, "twitch", v("trigger_point", s.trigger_point); v("by_needle", s.by_needle); v("amplitude", s.amplitude););
TB_FIELDS(Aspirated, "aspirated", v("result", s.result); v("held", s.held); v("needed", s.needed););
TB_FIELDS(Deposited, "deposited", v("syringe", s.syringe); v("agent", s.agent); v("volume", s.volume); v("dose", s.dose); v("peak_rate", s.peak_rate); v("structure", s.structure); v("kind", s.kind); v("point", s.point); v("depth", s.depth); v("trigger_point", s.trigger_point); v("distance", s.distance); v("aspirated", s.aspirated););
TB_FIELDS(Leaked, "leaked", v("syringe", s.syringe); v("agent", s.agent); v("volume", s.volume););
TB_FIELDS(NeedleBent, "needle_bent", v("tool", s.tool); v("cause", s.cause); v("depth", s.depth); v("force", s.force););
TB_FIELDS(Bleeding, "bleeding", v("source", s.source); v("volume", s.volume); v("duration", s.duration); v("haematoma", s.haematoma););
TB_FIELDS(Numbed, "numbed", v("method", s.method); v("spray_time", s.spray_time); v("spray_distance", s.spray_distance); v("from_mark", s.from_mark););
TB_FIELDS(ActivityDone, "activity_done", v("activity", s.activity); v("duration", s.duration););
TB_FIELDS(NeedleOut, "needle_out", v("tool", s.tool); v("passes", s.passes); v("inside", s.inside););
TB_FIELDS(Complication, "complication", v("id", s.id); v("cause", s.cause););
TB_FIELDS(StepDone, "step_done", v("step", s.step););
TB_FIELDS(RuleBroken, "rule_broken", v("rule", s.rule); v("detail", s.detail););
TB_FIELDS(HintGiven, "hint_given", v("text", s.text););
TB_FIELDS(HelpUsed, "help_used", v("what", s.what););
TB_FIELDS(Refused, "refused", v("reason", s.reason););
TB_FIELDS(Followed, "followed", v("advanced", s.advanced); v("seen", s.seen););
TB_FIELDS(PressureThreshold, "pressure_threshold", v("point", s.point); v("structure", s.structure); v("trigger_point", s.trigger_point); v("pressure", s.pressure); v("rate", s.rate); v("quick", s.quick); v("over", s.over););
TB_FIELDS(Checkpoint, "checkpoint", v("state_hash", s.state_hash););
// clang-format on

#undef TB_FIELDS

} // namespace tb::events::fields
