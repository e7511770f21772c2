#pragma once
#include <string>

// Every ini file of the plugin passes from its reader to whoever understands it in this shape, so that neither knows
// the other.
namespace hcp::ports {

// One `key = value` as it stands in a file: comments, blanks around the value and the line end are gone; nothing else
// is interpreted. A key may come several times in a section; entries keep the order of the file.
struct IniEntry {
    std::string section, key, value;
    int line = 0;  // from 1
    friend bool operator==(const IniEntry&, const IniEntry&) = default;
};

// Something an operator has to put right. `problem` says what is wrong and `remedy` what to write instead, both in
// Chinese. Readers report all faults of a file at once. `section` and `key` may be empty when the fault is not about
// one of them.
struct Fault {
    std::string file;
    int line = 0;  // 0 = the file as a whole
    std::string section, key, problem, remedy;
    friend bool operator==(const Fault&, const Fault&) = default;
};

}  // namespace hcp::ports
