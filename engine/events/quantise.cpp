#include <string>
#include <vector>

#include "events/fields.h"

namespace tb::events {
namespace {

struct Quantiser {
    void operator()(const char*, PointMm& v) const { v = quantise(v); }
    void operator()(const char*, Direction& v) const { v = quantise(v); }
    void operator()(const char*, double& v) const { v = quantise(v, 0.01); }
    void operator()(const char*, MillilitresPerSecond& v) const {
        v = MillilitresPerSecond(quantise(v.value(), 0.001));
    }
    template <class Tag>
    void operator()(const char*, Quantity<Tag>& v) const {
        v = Quantity<Tag>(quantise(v.value(), 0.01));
    }
    template <class T>
    void optional(const char* key, T& v) const {
        (*this)(key, v);
    }
    template <class Other>
    void operator()(const char*, Other&) const {} // texts, flags, enumerators and counts are exact already
};

template <class Variant>
Variant quantise_all(Variant v) {
    std::visit([]<class T>(T& s) { fields::Describe<T>::visit(Quantiser{}, s); }, v);
    return v;
}

} // namespace

Action quantised(Action action) {
    return quantise_all(std::move(action));
}
Finding quantised(Finding finding) {
    return quantise_all(std::move(finding));
}

} // namespace tb::events
