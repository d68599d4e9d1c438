// tickmark: every command, and the server.
#include "apps/OutOfMemory.h"
#include "tickmark/cli/CommandLine.h"
#include "tickmark/http/WebApp.h"

int main(int argc, char** argv) {
    std::set_terminate(tickmark::endWithoutMemory);
    return tickmark::cli::run(argc, argv, [](const tickmark::cli::ServeRequest& request) {
        return request.checkOnly ? tickmark::http::checkConfiguration(request.data, request.listen)
                                 : tickmark::http::serve(request.data, request.listen);
    });
}
