#include "tissue/parameters.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "tissue/published.h"

namespace tb::tissue {
namespace {

/// Every id that a kernel or a published-value check reads, with the unit its code expects.
constexpr std::pair<std::string_view, std::string_view> kNeeded[] = {
    {"palp.finger_radius", "mm"},
    {"palp.contact_area_1N", "mm2"},
    {"palp.contact_area_exp", "1"},
    {"palp.pad_force_1N_disp", "mm"},
    {"palp.pad_spring_exp", "1/mm"},
    {"palp.pad_radius_max", "mm"},
    {"palp.algometer_area", "cm2"},
    {"palp.poisson", "1"},
    {"palp.cone_slope", "1"},
    {"palp.deep_layer", "mm"},
    {"palp.strain_limit", "1"},
    {"palp.band_mu", "kPa"},
    {"palp.band_mu_surround", "kPa"},
    {"palp.band_ratio", "1"},
    {"palp.nodule_ratio", "1"},
    {"palp.nodule_area_active", "cm2"},
    {"palp.nodule_area_latent", "cm2"},
    {"palp.band_width", "mm"},
    {"palp.contrast_fat_decay", "mm"},
    {"palp.contrast_ratio_soft", "1"},
    {"palp.contrast_band", "1"},
    {"palp.contrast_nodule", "1"},
    {"palp.contrast_net_share", "1"},
    {"palp.contrast_cover_free", "mm"},
    {"palp.contrast_cover_decay", "mm"},
    {"palp.shown_full", "1"},
    {"palp.relax_share", "1"},
    {"palp.relax_fast", "s"},
    {"palp.relax_middle", "s"},
    {"palp.relax_slow", "s"},
    {"muscle.density", "kg/m3"},
    {"muscle.wave_trapezius", "m/s"},
    {"muscle.wave_splenius", "m/s"},
    {"muscle.wave_semispinalis", "m/s"},
    {"muscle.wave_sternocleidomastoid", "m/s"},
    {"muscle.anisotropy_gastrocnemius", "1"},
    {"muscle.anisotropy_soleus", "1"},
    {"muscle.anisotropy_tibialis_anterior", "1"},
    {"muscle.tone_30deg", "1"},
    {"strum.release_ratio", "1"},
    {"strum.release_travel", "mm"},
    {"strum.release_time", "ms"},
    {"strum.catch_margin", "mm"},
    {"strum.force_none", "N"},
    {"strum.force_full", "N"},
    {"strum.speed_none", "mm/s"},
    {"strum.speed_full", "mm/s"},
    {"strum.speed_smoothing", "ms"},
    {"strum.cue_full", "1"},
    {"strum.cue_contrast", "1"},
    {"strum.tick_share", "1"},
    {"strum.cue_decay", "s"},
    {"ppt.upper_trapezius", "kg/cm2"},
    {"ppt.active_delta", "kPa"},
    {"ppt.active_ut", "kg/cm2"},
    {"ppt.latent_ratio", "1"},
    {"ppt.pectoralis", "kg/cm2"},
    {"ppt.deltoid", "kg/cm2"},
    {"ppt.infraspinatus", "kg/cm2"},
    {"ppt.acromion", "kg/cm2"},
    {"ppt.pain_slope", "1/(kg/cm2)"},
    {"ppt.female_factor", "1"},
    {"ppt.point_radius", "mm"},
    {"ppt.healthy_radius", "mm"},
    {"ppt.press_rate", "kg/cm2/s"},
    {"ppt.press_rate_most", "kg/cm2/s"},
    {"ppt.reaction_time", "s"},
    {"needle.E_steel", "GPa"},
    {"needle.reference_od", "mm"},
    {"needle.burr_factor", "1"},
    {"needle.share_tear", "1"},
    {"needle.dry_factor", "1"},
    {"needle.silicone_kept", "1"},
    {"needle.reference_speed", "mm/s"},
    {"needle.speed_tenfold", "1"},
    {"needle.yield_stress", "MPa"},
    {"needle.bent_angle", "deg"},
    {"needle.drift_radius", "mm"},
    {"needle.stick_travel", "mm"},
    {"needle.stick_ratio", "1"},
    {"needle.syringe_break", "N"},
    {"needle.vacuum_most", "kPa"},
    {"needle.flash_blocked", "1"},
    {"needle.wheal_height", "mm"},
    {"needle.leak_share", "1"},
    {"needle.leak_time", "s"},
    {"needle.hold_relax_fraction", "1"},
    {"needle.hold_relax_tau", "s"},
    {"needle.bone_k", "N/mm"},
    {"needle.free_pivot_depth", "mm"},
    {"needle.buckling_end_factor", "1"},
    {"needle.entry_loss", "1"},
    {"needle.fluid_density", "kg/m3"},
    {"needle.syringe_glide", "N"},
    {"needle.back_pressure_im", "kPa"},
    {"needle.back_pressure_sc", "kPa"},
    {"needle.id_over_im", "1"},
    {"needle.pressure_vein", "kPa"},
    {"needle.pressure_artery", "kPa"},
    {"needle.mu_lidocaine", "mPa s"},
    {"needle.mu_blood", "mPa s"},
    {"needle.aspiration_vacuum", "kPa"},
    {"needle.flash_volume", "uL"},
    {"needle.depot_fill", "1"},
    {"needle.depot_aspect", "1"},
    {"needle.ltr_decay", "1"},
    {"needle.ltr_after_block", "1"},
    {"needle.pain_skin_23G", "1"},
    {"needle.pain_skin_27G", "1"},
    {"needle.pain_skin_32G", "1"},
    {"needle.pain_pass", "1"},
    {"needle.pain_painless", "1"},
    {"needle.pain_slow", "1"},
    {"needle.sting_wheal", "1"},
    {"needle.sting_acid", "1"},
    {"needle.pain_numbed", "1"},
    {"needle.pain_wet", "1"},
    {"bleeding.share", "1"},
    {"bleeding.skin", "mL/min"},
    {"bleeding.vein", "mL/min"},
    {"bleeding.artery", "mL/min"},
    {"bleeding.clot_skin", "s"},
    {"bleeding.clot_vessel", "s"},
    {"bleeding.anticoagulant", "1"},
    {"bleeding.antiplatelet", "1"},
    {"response.referral_latency_fast", "s"},
    {"response.referral_latency_slow", "s"},
    {"response.twitch_active", "1"},
    {"response.twitch_latent", "1"},
    {"response.twitch_power", "N m/s"},
    {"response.twitch_power_width", "N m/s"},
    {"response.twitch_radius", "mm"},
    {"response.twitch_size", "mm"},
    {"response.needle_twitch_active", "1"},
    {"response.needle_twitch_latent", "1"},
    {"response.needle_twitch_fall", "1"},
    {"jnd.modulus", "1"},
    {"jnd.force", "1"},
};

constexpr std::pair<std::string_view, NeedleTissue> kNeedleRows[] = {
    {"skin", NeedleTissue::Skin},           {"subcutis", NeedleTissue::Subcutis},
    {"deep fascia", NeedleTissue::Fascia},  {"muscle", NeedleTissue::Muscle},
    {"taut band", NeedleTissue::Band},      {"nodule", NeedleTissue::Nodule},
    {"vein wall", NeedleTissue::Vein},      {"artery wall", NeedleTissue::Artery},
    {"nerve sheath", NeedleTissue::Nerve},  {"pleura (parietal)", NeedleTissue::Pleura},
    {"lung", NeedleTissue::Lung},           {"tendon / aponeurosis", NeedleTissue::Tendon},
    {"cartilage", NeedleTissue::Cartilage}, {"cortical bone", NeedleTissue::Bone},
};

Parameter read_parameter(const JsonReader& row, const std::set<std::string, std::less<>>& sources) {
    Parameter p;
    row.only_keys({"id", "name", "value", "unit", "range", "source", "estimate", "note"});
    p.id = row.text("id");
    p.unit = row.text("unit");
    p.note = row.text_or("note", "");
    p.estimate = row.flag_or("estimate", false);
    p.sources = row.texts_or_empty("source");
    for (const std::string& s : p.sources) {
        if (!sources.contains(s))
            row.fault(fmt::format("source \"{}\" is not listed in /sources; add it there", s));
    }
    const JsonReader range = row.child("range");
    const auto bounds = range.elements();
    if (bounds.size() != 2) {
        range.fault("two numbers [low, high] are expected here");
        return p;
    }
    p.low = bounds[0].as_number(-kNoNonsense, kNoNonsense);
    p.high = bounds[1].as_number(p.low, kNoNonsense);
    p.value = row.number("value", p.low, p.high);
    return p;
}

void read_kappa(const JsonReader& table, KappaTable& out) {
    const auto column = [&table](std::string_view key, std::vector<double>& values) {
        for (const JsonReader& e : table.child(key).elements())
            values.push_back(e.as_number(0.0, 100.0));
    };
    column("a_over_h", out.a_over_h);
    column("nu_0.45", out.nu_45);
    column("nu_0.50", out.nu_50);
    if (!table.exists()) return;
    if (out.a_over_h.size() < 2 || out.nu_45.size() != out.a_over_h.size() ||
        out.nu_50.size() != out.a_over_h.size()) {
        table.fault("a_over_h, nu_0.45 and nu_0.50 must have the same length, at least two");
    } else if (!std::is_sorted(out.a_over_h.begin(), out.a_over_h.end())) {
        table.fault("a_over_h must rise");
    }
}

void read_stack(const JsonReader& table, Parameters& out) {
    // Rows: name, thickness_mm, E0_kPa, lock strain; the last is the bone.
    struct Target {
        std::string_view name;
        LayerLaw* law;
    };
    const Target targets[] = {{"skin", &out.skin},
                              {"subcutis", &out.subcutis},
                              {"fascia", &out.fascia},
                              {"trapezius", &out.muscle},
                              {"areolar plane", &out.loose}};
    std::set<std::string, std::less<>> seen;
    for (const JsonReader& row : table.child("layers").elements()) {
        const std::string name = row.element(0).as_text();
        if (name == "bone") continue;
        if (row.elements().size() != 4) {
            row.fault("four entries [layer, t_mm, E0_kPa, lock] are expected here");
            continue;
        }
        const StackLayer layer{row.element(1).as_number(0.1, 100.0),
                               {row.element(2).as_number(0.1, 1e4), row.element(3).as_number(0.05, 1.0)}};
        out.reference_stack.push_back(layer);
        seen.insert(name);
        for (const Target& t : targets) {
            if (t.name == name) *t.law = layer.law;
        }
    }
    if (!table.exists()) return;
    for (const Target& t : targets) {
        if (!seen.contains(t.name))
            table.fault(fmt::format("the layer \"{}\" is missing; add its row", t.name));
    }
}

void read_needle_layers(const JsonReader& table, Parameters& out) {
    std::set<std::string, std::less<>> seen;
    for (const JsonReader& row : table.child("rows").elements()) {
        const std::string name = row.element(0).as_text();
        const auto* known = std::find_if(std::begin(kNeedleRows), std::end(kNeedleRows),
                                         [&name](const auto& k) { return k.first == name; });
        if (known == std::end(kNeedleRows)) {
            row.fault(fmt::format("\"{}\" is not a layer that is known here; correct its spelling", name));
            continue;
        }
        if (row.elements().size() != 6) {
            row.fault(
                "six entries [layer, puncture_N, k, k2, cutting_N, friction_N_per_mm] are expected here");
            continue;
        }
        seen.insert(name);
        const auto number = [&row](std::size_t i) {
            const JsonReader cell = row.element(i);
            return cell.is_null() ? 0.0 : cell.as_number(0.0, 100.0);
        };
        out.needle[static_cast<std::size_t>(known->second)] = {number(1), number(2), number(3), number(4),
                                                               number(5)};
    }
    if (!table.exists()) return;
    for (const auto& [name, tissue] : kNeedleRows) {
        if (!seen.contains(name)) table.fault(fmt::format("the layer \"{}\" is missing; add its row", name));
    }
}

void read_bodies(const JsonReader& tables, Parameters& out) {
    const JsonReader needles = tables.child("needles");
    for (const JsonReader& row : needles.child("rows").elements()) {
        NeedleGauge g;
        g.gauge = static_cast<int>(row.number("gauge", 14, 34));
        g.outer_mm = row.number("od_mm", 0.1, 3.0);
        g.inner_mm = row.number("id_mm", 0.05, 3.0);
        if (g.inner_mm >= g.outer_mm) row.fault("id_mm must be smaller than od_mm");
        out.gauges.push_back(g);
    }
    if (needles.exists() && out.gauges.empty()) needles.fault("at least one needle is needed");
    const JsonReader syringes = tables.child("syringes");
    for (const JsonReader& row : syringes.child("rows").elements()) {
        out.syringes.push_back(
            {static_cast<int>(row.number("syringe_mL", 1, 60)), row.number("bore_mm", 1.0, 40.0)});
    }
    if (syringes.exists() && out.syringes.empty()) syringes.fault("at least one syringe is needed");
}

template <class Row, class Key>
const Row& nearest_row(const std::vector<Row>& rows, int wanted, Key key) {
    const Row* best = &rows.front();
    for (const Row& r : rows) {
        if (std::abs(key(r) - wanted) < std::abs(key(*best) - wanted)) best = &r;
    }
    return *best;
}

} // namespace

const Parameter& Parameters::get(std::string_view id) const {
    const auto it = parameters_.find(id);
    TB_CHECK(it != parameters_.end());
    return it->second;
}

const NeedleGauge* Parameters::gauge(int g) const {
    const auto it =
        std::find_if(gauges.begin(), gauges.end(), [g](const NeedleGauge& row) { return row.gauge == g; });
    return it == gauges.end() ? nullptr : &*it;
}

const NeedleGauge& Parameters::nearest_gauge(int g) const {
    TB_CHECK(!gauges.empty());
    return nearest_row(gauges, g, [](const NeedleGauge& row) { return row.gauge; });
}

double Parameters::bore_mm(int syringe_mL) const {
    TB_CHECK(!syringes.empty());
    return nearest_row(syringes, syringe_mL, [](const Syringe& row) { return row.volume_mL; }).bore_mm;
}

ExpectedAll<Parameters> Parameters::from_json(const Json& json, const std::string& source) {
    std::vector<Error> faults;
    Parameters out;
    const JsonReader root(json, source, faults);
    root.only_keys({"about", "sources", "parameters", "tables", "checks"});
    std::set<std::string, std::less<>> sources;
    const JsonReader listed = root.child("sources");
    for (const std::string& key : listed.keys()) {
        sources.insert(key);
        const JsonReader s = listed.child(key);
        out.sources[key] = {s.text_or("ref", ""), s.text_or("where", ""), s.text_or("read", "")};
    }
    for (const JsonReader& row : root.child("parameters").elements()) {
        Parameter p = read_parameter(row, sources);
        const auto* needed = std::find_if(std::begin(kNeeded), std::end(kNeeded),
                                          [&p](const auto& n) { return n.first == p.id; });
        if (needed != std::end(kNeeded) && needed->second != p.unit) {
            row.fault(fmt::format("{} is in \"{}\" but must be in \"{}\"; convert the value", p.id, p.unit,
                                  needed->second));
        }
        for (const EchoField& field : echo_fields()) {
            if (field.id != p.id) continue;
            out.echo.*field.member = p.value;
            if (field.unit != p.unit) {
                row.fault(fmt::format("{} is in \"{}\" but must be in \"{}\"; convert the value", p.id,
                                      p.unit, field.unit));
            }
        }
        const std::string id = p.id;
        if (!out.parameters_.emplace(id, std::move(p)).second) {
            row.fault(fmt::format("{} occurs twice; keep one", id));
        }
    }
    const JsonReader list = root.child("parameters", false);
    const auto need = [&](std::string_view id, std::string_view unit) {
        if (list.exists() && !out.parameters_.contains(id)) {
            list.fault(fmt::format("{} is missing; add it in \"{}\"", id, unit));
        }
    };
    for (const auto& [id, unit] : kNeeded)
        need(id, unit);
    for (const EchoField& field : echo_fields())
        need(field.id, field.unit);
    const JsonReader tables = root.child("tables");
    read_kappa(tables.child("kappa_flat_punch_bonded_layer"), out.kappa);
    read_stack(tables.child("reference_stack_upper_trapezius"), out);
    read_needle_layers(tables.child("needle_layers_22G"), out);
    read_bodies(tables, out);
    for (const JsonReader& row : root.child("checks").elements())
        out.published.push_back(read_published(row, sources));
    read_acoustic(tables.child("acoustic"), out.echo);
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return out;
}

} // namespace tb::tissue
