// Planted faults, at least one per family of checks. Nothing compiles this file into a program;
// tools/check_canary.py fails when clang-tidy no longer reports a line's `expect:`.
#include "Canary.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace canary {

int mutableGlobal = 0;  // expect: cppcoreguidelines-avoid-non-const-global-variables

int __reserved = 0;  // expect: bugprone-reserved-identifier

enum class Shade { Light, darkGrey };  // expect: readability-identifier-naming

class Named {
  public:
    int get() const { return value; }

  private:
    int value = 0;  // expect: readability-identifier-naming
};

int Wrong_Function() { return 1; }  // expect: readability-identifier-naming

std::size_t useAfterMove(std::string text) {
    const std::string taken = std::move(text);
    return taken.size() + text.size();  // expect: bugprone-use-after-move
}

int nullDereference(bool empty) {
    int number = 0;
    int* place = empty ? nullptr : &number;
    return empty ? *place : 0;  // expect: clang-analyzer-core.NullDereference
}

int divideByZero(int number) {
    const int nothing = 0;
    return number / nothing;  // expect: clang-analyzer-core.DivideZero
}

void doubleFree() {
    auto* block = std::malloc(4);  // expect: cppcoreguidelines-no-malloc
    std::free(block);
    std::free(block);  // expect: clang-analyzer-unix.Malloc
}

int shellOut() { return std::system("true"); }  // expect: cert-env33-c

int predictable() { return std::rand(); }  // expect: cert-msc50-cpp

int readNumber(const char* text) { return std::atoi(text); }  // expect: cert-err34-c

std::size_t copiesItsArgument(std::string text) { return text.size(); }  // expect: performance-unnecessary-value-param

std::size_t copiesInLoop(const std::vector<std::string>& texts) {
    std::size_t sum = 0;
    for (const auto text : texts) sum += text.size();  // expect: performance-for-range-copy
    return sum;
}

const char* oldNull() { return 0; }  // expect: modernize-use-nullptr

struct Base {
    virtual ~Base() = default;
    virtual int answer() { return 1; }
};

struct Derived : Base {
    virtual int answer() { return 2; }  // expect: modernize-use-override
};

std::unique_ptr<Named> made() { return std::unique_ptr<Named>(new Named()); }  // expect: modernize-make-unique

bool isEmpty(const std::string& text) { return text.size() == 0; }  // expect: readability-container-size-empty

bool longWay(bool yes) {
    if (yes) return true;  // expect: readability-simplify-boolean-expr
    return false;
}

char* oldCast(const char* text) { return (char*)text; }  // expect: cppcoreguidelines-pro-type-cstyle-cast

int uninitialised(bool yes) {
    int number;  // expect: cppcoreguidelines-init-variables
    if (yes) number = 1;
    else number = 2;
    return number;
}

struct Forgotten {
    Forgotten() {}  // expect: cppcoreguidelines-pro-type-member-init
    int number;
};

int unusedParameter(int used, int unused) { return used; }  // expect: misc-unused-parameters

bool redundant(int number) { return number == 3 || number == 3; }  // expect: misc-redundant-expression

int tangled(int a, int b, int c) {  // expect: readability-function-cognitive-complexity
    if (a > 0) {
        for (int i = 0; i < b; ++i) {
            if (i % 2 == 0) {
                if (c > i) {
                    while (a > c) {
                        if (a == b) return i;
                        --a;
                    }
                }
            }
        }
    }
    return c;
}

int tooLong(int n) {  // expect: readability-function-size
    n += 1;
    n += 2;
    n += 3;
    n += 4;
    n += 5;
    n += 6;
    n += 7;
    n += 8;
    n += 9;
    n += 10;
    n += 11;
    n += 12;
    n += 13;
    n += 14;
    n += 15;
    n += 16;
    n += 17;
    n += 18;
    n += 19;
    n += 20;
    n += 21;
    n += 22;
    n += 23;
    n += 24;
    n += 25;
    n += 26;
    n += 27;
    n += 28;
    n += 29;
    n += 30;
    n += 31;
    n += 32;
    n += 33;
    n += 34;
    n += 35;
    n += 36;
    n += 37;
    n += 38;
    n += 39;
    n += 40;
    n += 41;
    n += 42;
    n += 43;
    n += 44;
    n += 45;
    n += 46;
    n += 47;
    n += 48;
    n += 49;
    n += 50;
    n += 51;
    n += 52;
    n += 53;
    n += 54;
    n += 55;
    n += 56;
    n += 57;
    n += 58;
    n += 59;
    n += 60;
    return n;
}

}  // namespace canary
