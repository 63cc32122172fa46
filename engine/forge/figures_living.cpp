// living.json: what living people measure.
#include <algorithm>

#include "forge/figures.h"

namespace tb::forge {

namespace {

void must_exist(const std::string& muscle, const JsonReader& at, const Figures& figures) {
    const auto& all = figures.muscles;
    if (std::none_of(all.begin(), all.end(), [&muscle](const MuscleFigure& m) {
            return m.structure.id == muscle + "_r" || m.structure.id == muscle;
        }))
        at.fault("there is no muscle \"" + muscle + "\" in muscles.json or muscles_more.json");
}

} // namespace

void read_living(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "cover", "bulk", "volume", "lay", "pleura_apex"});
    const JsonReader apex = root.child("pleura_apex");
    apex.only_keys({"down_mm", "from_y"});
    out.living.apex_down_mm = apex.number("down_mm", 0.0, 40.0);
    out.living.apex_from_y = apex.number("from_y", 1000.0, 1500.0);
    for (const JsonReader& at : root.child("cover").elements())
        out.living.cover.push_back(anatomy::cover_from_json(at));
    out.living.bulk = anatomy::bulk_from_json(root.child("bulk"));
    for (const JsonReader& at : root.child("lay").elements()) {
        out.living.lay.push_back(at.as_text());
        must_exist(out.living.lay.back(), at, out);
    }
    const JsonReader volume = root.child("volume");
    for (const std::string& key : volume.keys()) {
        const JsonReader at = volume.child(key);
        at.only_keys({"ratio", "shape", "why", "along", "across"});
        must_exist(key, at, out);
        const std::string shape = at.text("shape");
        if (shape != "round" && shape != "sheet")
            at.child("shape").fault("\"round\" or \"sheet\" is expected here");
        const auto profile = [&at](const char* name) -> std::vector<double> {
            const JsonReader child = at.child(name, false);
            if (child.is_null()) return {1.0};
            std::vector<double> values = numbers(child, 0.0, 3.0);
            if (values.empty()) child.fault("one number or more is expected here");
            return values.empty() ? std::vector<double>{1.0} : values;
        };
        out.living.volume[key] = {at.number("ratio", 0.2, 4.0), shape == "round", profile("along"),
                                  profile("across")};
    }
}

} // namespace tb::forge
