// The atlas as another person's body: more or less fat under the skin, more or less muscle on the bones.
#pragma once

#include "anatomy/atlas.h"
#include "anatomy/habitus.h"

namespace tb::anatomy {

/// The same structures, numbers and trigger points for a habitus. Bones and what lies in chest and canal
/// stay; muscles with their lattices, vessels and nerves follow the growth of muscle; the skin lies as far
/// outside what is under it as fat by region, sex and BMI says, and vessels and nerves in the fat keep their
/// share of its depth. Skin never touches skin (thighs, arm and chest), never comes closer to what is under
/// it than the skin itself and the fat that nobody is without. Deterministic. About 2 s for the whole body.
Atlas shaped(const Atlas& atlas, const Habitus& habitus);

} // namespace tb::anatomy
