#pragma once
#include "plugin/ports/result.hpp"

#include <string>

namespace hcp::ports {

// The way to the store, which may be closed when an instance starts, and open later. Until it was opened every call of
// the store answers `unavailable`. Database threads.
class StoreDoor {
public:
    virtual ~StoreDoor() = default;
    // Opens it, the schema brought up to date where that is the instance's to do; a second call does nothing. On
    // failure `why` says in Chinese what an operator has to know:
    //   unavailable       it does not answer, or is not there: try again later
    //   anything else     it is not as this software needs it: a person must look
    virtual result<void> open(std::string& why) = 0;
    virtual void shut() noexcept = 0;
};

}  // namespace hcp::ports
