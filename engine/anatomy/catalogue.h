// What every structure is called and what is known about it. Written by the forge as catalogue.json, read by
// the atlas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "anatomy/habitus.h"
#include "base/json.h"
#include "base/result.h"
#include "base/structure.h"
#include "geometry/lattice.h"

namespace tb::anatomy {

enum class Side { Midline, Right, Left };
std::string_view name_of(Side side); // "midline", "right", "left"
bool from_name(std::string_view name, Side& out);
Side opposite(Side side); ///< midline stays midline

/// Ids of the right side end in "_r", of the left in "_l" (structures, and trigger points and zones of a
/// side).
std::string_view without_side(std::string_view id);
std::string with_side(std::string_view id_without_side, Side side);

/// One belly, head or slip of a muscle.
struct MusclePart {
    std::string name; ///< "main", "slip_1", ...
    geometry::Lattice lattice;
};

/// One structure. `id` is what logs, scenes and the command line use: table key + "_r" or "_l"
/// ("trapezius_descending_r"), midline structures without a suffix ("C7", "skin", "spinal-cord").
struct Structure {
    std::string id;
    StructureKind kind = StructureKind::Muscle;
    std::string name;   ///< English
    std::string ta2;    ///< Terminologia Anatomica 2 (Latin), may be empty
    std::string fma;    ///< may be empty
    std::string region; ///< neck, shoulder, back, trunk, arm, leg, foot, head, ...
    Side side = Side::Midline;
    bool mirrored = true; ///< right: the left one is its mirror image; left: it is that image
    int layer = 0;        ///< 1 = superficial in its region; muscles only
    std::string origin, insertion, nerve, action, note, source; ///< texts, may be empty
    double tendon_origin = 0.0, tendon_insertion = 0.0;         ///< shares of u
    std::vector<MusclePart> parts;                              ///< muscles only
    std::string hazard; ///< why a needle must not go there; hazards only
    double volume_ml = 0.0;
    std::size_t triangles = 0; ///< of the finest mesh
    int lods = 1;              ///< meshes "<id>#0" (finest) .. "<id>#<lods-1>" in body.glb
};

/// One palpable landmark on the built body.
struct Landmark {
    std::string name, bone;
    Side side = Side::Midline;
    geometry::Vec3 position{0.0};
    std::string palpation;
};

struct Catalogue {
    std::string content_hash; ///< SHA-256 over the figure tables and the forge's version: equal on every
                              ///< machine, although the last bits of its meshes may not be
    std::string
        mesh_digest;    ///< `mesh_digest` of body.glb; the loader refuses another file. Empty: not checked
    std::string source; ///< attribution line for About and exports
    std::vector<Structure> structures;
    std::vector<Landmark> landmarks;
    Variation variation; ///< how patients differ from this body; may be empty

    /// Index of the structure with this id; invalid if there is none.
    [[nodiscard]] StructureId find(std::string_view id) const;
};

/// Fast 64-bit digest (16 hex digits) of the mesh file's bytes, against damage, not against forgery: four
/// FNV-1a lanes over 8-byte words. The forge stores it, so that a damaged body.glb is told in one sentence
/// before anything parses it.
std::string mesh_digest(std::string_view bytes);

/// catalogue.json both ways. Right-side structures with an id in "_r" and right-side landmarks are written
/// once with "mirrored": true; reading makes the left twins (ids "_l", lattices and landmarks mirrored) and
/// appends them after everything written. A left structure with a shape of its own (the lung with the
/// cardiac notch) is written like any other, its right one without "mirrored". Structures on one side only
/// (azygos vein, spleen) carry no suffix. Left twins present in the catalogue are not written. Every fault is
/// reported with its place.
Json to_json(const Catalogue& right_and_midline);
ExpectedAll<Catalogue> catalogue_from_json(const Json& json, const std::string& source);

} // namespace tb::anatomy
