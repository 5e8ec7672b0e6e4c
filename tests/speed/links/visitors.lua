-- Visitors with browsers of their own, each asking for one link: wrk -s visitors.lua URL -- FILE SEED
-- FILE has one visitor a line: path, user agent, referrer, separated by tabs. Written for wrk 4.1.
local asked = {}

function init(args)
  math.randomseed(tonumber(args[2]) or 1)
  for line in io.lines(args[1]) do
    local path, agent, referrer = line:match("([^\t]*)\t([^\t]*)\t(.*)")
    asked[#asked + 1] = wrk.format("GET", path, { ["User-Agent"] = agent, ["Referer"] = referrer })
  end
end

function request()
  return asked[math.random(#asked)]
end

-- `requests` counts every answer; `status` those above 399.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "refused": %d, "broken": %d, "microseconds": %d, "p50": %d, "p99": %d}\n',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration, latency:percentile(50), latency:percentile(99)))
end
