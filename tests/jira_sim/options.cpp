#include "options.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

#include <Poco/NumberParser.h>

#include "http/faults.hpp"

namespace jira_sim {

namespace {

std::int64_t number(const std::string& flag, const std::string& text, std::int64_t most) {
    Poco::Int64 value = 0;
    if (!Poco::NumberParser::tryParse64(text, value) || value < 0 || value > most)
        throw std::invalid_argument(flag + " must be a whole number from 0 to " + std::to_string(most) +
                                    ", not '" + text + "'");
    return value;
}

void setDeployment(Config& config, const std::string& text) {
    if (text != "cloud" && text != "dc")
        throw std::invalid_argument("--deployment must be cloud or dc, not '" + text + "'");
    config.world.deployment = text == "dc" ? Deployment::DataCenter : Deployment::Cloud;
}

void setContext(Config& config, const std::string& text) {
    config.contextPath.clear();
    for (const std::string& part : split(text, '/'))
        config.contextPath += "/" + part;
}

void setRateLimit(Config& config, const std::string& text) {
    const std::vector<std::string> parts = split(text, ':');
    if (parts.empty() || parts.size() > 3)
        throw std::invalid_argument("--rate-limit takes CAPACITY[:FILL[:SECONDS]], not '" + text + "'");
    RateLimit& limit = config.rateLimit;
    limit.capacity = number("--rate-limit", parts[0], 1000000);
    limit.fill = parts.size() > 1 ? number("--rate-limit", parts[1], 1000000) : limit.capacity;
    limit.intervalSec =
        std::max<std::int64_t>(1, parts.size() > 2 ? number("--rate-limit", parts[2], 86400) : 1);
}

using Setter = std::function<void(Config&, const std::string&)>;

const std::map<std::string, Setter>& setters() {
    static const std::map<std::string, Setter> map = {
        {"--port",
         [](Config& c, const std::string& v) {
             c.port = static_cast<unsigned short>(number("--port", v, 65535));
         }},
        {"--port-file", [](Config& c, const std::string& v) { c.portFile = v; }},
        {"--ca-out", [](Config& c, const std::string& v) { c.caOut = v; }},
        {"--trace", [](Config& c, const std::string& v) { c.traceFile = v; }},
        {"--seed",
         [](Config& c, const std::string& v) {
             c.world.seed = static_cast<std::uint64_t>(number("--seed", v, INT64_MAX));
         }},
        {"--projects",
         [](Config& c, const std::string& v) {
             c.world.extraProjects = static_cast<int>(number("--projects", v, 9999));
         }},
        {"--deployment", setDeployment},
        {"--version", [](Config& c, const std::string& v) { c.release = Release::parse(v); }},
        {"--context", setContext},
        {"--rate-limit", setRateLimit},
        {"--site-url", [](Config& c, const std::string& v) { c.siteUrl = v; }},
        {"--client-id", [](Config& c, const std::string& v) { c.clientId = v; }},
        {"--client-secret", [](Config& c, const std::string& v) { c.clientSecret = v; }},
        {"--redirect-uri", [](Config& c, const std::string& v) { c.redirectUris.push_back(v); }},
        {"--token-lifetime",
         [](Config& c, const std::string& v) { c.tokenLifetimeSec = number("--token-lifetime", v, 86400); }},
        {"--fault",
         [](Config& c, const std::string& v) {
             if (!Faults::indexDelay(v))
                 Faults::parse(v);
             c.faults.push_back(v);
         }},
        {"--sites",
         [](Config& c, const std::string& v) {
             c.world.siteNames.clear();
             for (const std::string& name : split(v, ','))
                 if (name != "none")
                     c.world.siteNames.push_back(name);
         }},
    };
    return map;
}

} // namespace

CommandLine readCommandLine(int argc, const char* const* argv) {
    CommandLine line;
    for (int i = 1; i < argc; ++i) {
        std::string flag = argv[i];
        if (flag == "--help" || flag == "-h") {
            line.help = true;
            continue;
        }
        if (flag == "--no-projects") {
            line.config.world.projects = false;
            continue;
        }
        if (flag == "--echo-base-string") {
            line.config.echoBaseString = true;
            continue;
        }
        if (flag == "--resource-level-grants") {
            line.config.resourceLevelGrants = true;
            continue;
        }
        const std::size_t eq = flag.find('=');
        const bool joined = flag.rfind("--", 0) == 0 && eq != std::string::npos;
        const std::string name = joined ? flag.substr(0, eq) : flag;
        const auto setter = setters().find(name);
        if (setter == setters().end())
            throw std::invalid_argument("unknown option " + name + "; see jira_sim --help");
        if (!joined && i + 1 == argc)
            throw std::invalid_argument(name + " needs a value; see jira_sim --help");
        setter->second(line.config, joined ? flag.substr(eq + 1) : argv[++i]);
    }
    return line;
}

std::string helpText() {
    return R"(jira_sim - a stand-in Jira over TLS on 127.0.0.1, for tests, demos and measurements

  jira_sim --port 8443 --ca-out ca.pem
  jira_sim --deployment dc --version 9.12 --context /jira --port 8443 --ca-out ca.pem

Cloud: one port serves the auth host (/authorize, /oauth/token), the API gateway (/ex/jira/{cloudId}/rest/api/3),
web pages with boards (/) and a control API for tests (/_sim). Data Center: at the base URL the OAuth 1.0a
provider (/plugins/servlet/oauth), REST API version 2 (/rest/api/2), the administration of application links
(/plugins/servlet/applinks/listApplicationLinks) and the boards. When it is ready it prints one line:
  jira_sim listening on https://127.0.0.1:8443
It ends on SIGTERM or SIGINT.

  --deployment NAME      cloud (default) or dc
  --version V            dc: the release, e.g. 8.20, 9.12, 10.3 (10.3)
  --context PATH         dc: context path such as /jira (none)
  --rate-limit N[:F[:S]] dc: bucket of N requests per user, filled with F every S seconds (1000:1000:1)
  --echo-base-string     dc: a refused signature is answered with the base string computed here
  --port N               port to listen on; 0 takes any free one (default)
  --port-file FILE       write the port there when ready
  --ca-out FILE          write the certificate of the throw-away authority there (PEM)
  --trace FILE           one JSON object per request, secrets removed
  --seed N               ids, names and tokens follow from it (1)
  --projects N           N more projects P0001, P0002, ... beside the seven of the seed
  --no-projects          the sites have no project at all
  --sites NAMES          comma-separated site names (acme); `none`: the account has no site
  --site-url URL         what the first site calls its own address (this server's)
  --client-id ID         OAuth client (sim-client)
  --client-secret TEXT   its secret (sim-secret)
  --redirect-uri URL     a registered callback, repeatable; default: loopback, ending in /oauth/callback
  --token-lifetime SEC   life of access tokens (3600)
  --resource-level-grants  a grant covers only the site chosen for it
  --fault SPEC           a fault from the start, repeatable, for example
                           --fault 'lost-answer,path=/issue/bulk,times=1'
                           --fault 'status=429:5,method=POST,probability=0.1'
                           --fault index-delay=5000
                         kinds: latency=MS status=CODE[:SECONDS] cut lost-answer truncate html-200
                           slow-token=MS expire-tokens deny refuse-refresh captcha index-delay=MS
                           webhook-lose webhook-duplicate webhook-reorder webhook-delay=MS
                         filters: path= method= body= times= after= probability=
  --help                 this text

More: tests/jira_sim/README.md
)";
}

} // namespace jira_sim
