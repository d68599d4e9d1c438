// A planted fault in a header: proves that findings in headers are not filtered away.
#pragma once

class canary_header {};  // expect: readability-identifier-naming
