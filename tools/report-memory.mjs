// Loaded by the benchmark into the process it measures: says at its end how much memory it needed at most.
process.on('exit', () => process.stderr.write(`max-rss-kb=${process.resourceUsage().maxRSS}\n`));
