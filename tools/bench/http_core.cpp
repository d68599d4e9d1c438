// A server with one route that answers the bytes of a file as JSON: the peer of a static file of nginx.
//
// Usage: http_core_bench FILE THREADS; prints the port, serves until standard input ends.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>

#include "tickmark/http/server/Server.h"

namespace {

using tickmark::http::PathParameters;
using tickmark::http::Request;
using tickmark::http::Response;

int run(const std::string& path, unsigned threads) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    const std::string json = text.str();
    tickmark::http::Router router;
    tickmark::http::Route route;
    route.method = "GET";
    route.pattern = "/list.json";
    route.name = "list";
    route.handler = [&json](Request&, const PathParameters&) { return tickmark::http::jsonResponse(json); };
    if (!router.add(std::move(route))) return EXIT_FAILURE;

    tickmark::http::ServerOptions options;
    options.port = 0;
    options.threads = threads;
    auto server = tickmark::http::Server::start(std::move(options), std::move(router));
    if (!server) {
        std::cerr << describe(server.error()) << '\n';
        return EXIT_FAILURE;
    }
    std::cout << (*server)->port() << std::endl;
    std::cin.ignore(std::numeric_limits<std::streamsize>::max());
    (*server)->stop();
    return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "Usage: http_core_bench FILE THREADS\n";
        return EXIT_FAILURE;
    }
    return run(argv[1], static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)));
}
