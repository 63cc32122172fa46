#include "tissue/echo_noise.h"

#include "base/random.h"

namespace tb::tissue::echo {

Noise::Noise() : table_{}, uniform_{} {
    Random random(1, "echo"); // one tissue for everybody: it is the places that differ
    constexpr double kPartSd = 0.70710678118654752;
    for (Complex& c : table_) {
        c.re = static_cast<float>(random.normal(0.0, kPartSd));
        c.im = static_cast<float>(random.normal(0.0, kPartSd));
    }
    for (float& u : uniform_)
        u = static_cast<float>(random.uniform());
}

} // namespace tb::tissue::echo
