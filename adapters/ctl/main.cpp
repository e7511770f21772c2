#include "adapters/ctl/run.hpp"
#include "plugin/compose/ctl_outside.hpp"

#include <sys/stat.h>

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    ::umask(077);  // what it makes holds keys and sealed records
    try {
        return hcp::ctl::run({argv + 1, argv + argc}, hcp::compose::ctl_outside, std::cout, std::cerr);
    } catch (const std::exception& error) {
        std::cerr << "hcpctl 意外中止：" << error.what() << '\n';
        return hcp::ctl::finding;
    }
}
