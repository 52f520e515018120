-- Invalid conversions and their messages.
local function f(...) print(pcall(string.format, ...)) end
for _, spec in ipairs { "%y", "%l", "%ld", "%hd", "%n", "%u", "%w", "% ", "%-", "%+", "%#", "%0", "%.", "%5", "%5.5", "%100d", "%.100d", "%1000s",
    "%.1000f", "%--5d", "%+s", "%#s", "%0s", "% s", "%05s", "%+c", "%.2c", "%0c", "%#d", "%#i",
      "%+x", "% x", "%05q", "%5q", "%.3q", "%-q", "%*d", "%$d",
    "%1$d", "%-+ #05d", "%#5.3c", "%z", "%\0", "%I", "%D", "%S", "%B", "%5p|%q", "%-05d" } do
  f(spec, 1)
end
f("%d", "not a number") f("%s %d", "x", "y") f("%x", 1.5) f("%c", "c") f("%q") f("%a", {})
f("%i", true)
f("%10q", "x")
print(pcall(string.format))
print(pcall(string.format, nil))
print(pcall(string.format, {}))
print(pcall(string.format, 5), pcall(string.format, 1.5))
