// The signatures that forgers make come from the same workshop as those of the crypto tests.
#include "crypto/TestHouse.cpp"  // NOLINT(bugprone-suspicious-include): each test program is made of one folder
