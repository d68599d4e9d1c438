// Small functions whose tests are known to see, or not to see, what changes in them. Not part of any build:
// tests/suites/mutation.py compiles it with every mutant.
#include <array>
#include <cstddef>
#include <string>

namespace planted {

constexpr int limit = 5;

bool mayEnter(int age, int least) { return age >= least; }

bool isWithin(int value, int low, int high) { return value > low && value < high; }

int halves(int count) {
    int steps = 0;
    while (count > 1) {
        count -= count / 2;
        steps += 1;
    }
    return steps;
}

std::string shouted(std::string text) {
    text.push_back('!');
    return text;
}

bool nobodyAsks(int value) { return value != limit; }

std::size_t room() {
    const std::size_t size = 4;
    std::array<char, size> place{};
    return place.size();
}

}  // namespace planted
