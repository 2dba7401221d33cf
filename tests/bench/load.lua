-- The paths of a file (WANGQI_PATHS), one a line, asked in turn; at the end one JSON line with the latencies in ms.
local paths = {}
for line in io.lines(os.getenv("WANGQI_PATHS")) do
  paths[#paths + 1] = line
end
local place = 0

function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'WANGQI {"requests": %d, "seconds": %.3f, "p50_ms": %.2f, "p99_ms": %.2f, "max_ms": %.2f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
