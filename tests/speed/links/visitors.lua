-- Visitors with browsers of their own, each asking for one link: wrk -s visitors.lua URL -- FILE SEED [TIMES]
-- FILE has one visitor a line: path, user agent, referrer, separated by tabs. Written for wrk 4.1.
-- With TIMES they are new people, at other addresses, after so many clicks each on the average: a day's visitors
-- click once or twice, not as often as the load lasts. The address is where a reverse proxy would put it.
local asked, ends, times, sent = {}, {}, 0, 0
local ADDRESS = "X-Forwarded-For: "

function init(args)
  math.randomseed(tonumber(args[2]) or 1)
  times = tonumber(args[3]) or 0
  for line in io.lines(args[1]) do
    local path, agent, referrer = line:match("([^\t]*)\t([^\t]*)\t(.*)")
    local headers = { ["User-Agent"] = agent, ["Referer"] = referrer }
    if times > 0 then headers["X-Forwarded-For"] = "@" end
    local text = wrk.format("GET", path, headers)
    if times > 0 then
      local at = text:find(ADDRESS, 1, true) + #ADDRESS
      text, ends[#asked + 1] = text:sub(1, at - 1), text:sub(at + 1)
    end
    asked[#asked + 1] = text
  end
end

function request()
  local who = math.random(#asked)
  if times == 0 then return asked[who] end
  local person = who + math.floor(sent / (times * #asked)) * #asked
  sent = sent + 1
  local net, host = math.floor(person / 65536) % 256, person % 65536
  return asked[who] .. string.format("100.%d.%d.%d", net, math.floor(host / 256), host % 256) .. ends[who]
end

-- `requests` counts every answer; `status` those above 399.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "refused": %d, "broken": %d, "microseconds": %d, "p50": %d, "p99": %d}\n',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration, latency:percentile(50), latency:percentile(99)))
end
