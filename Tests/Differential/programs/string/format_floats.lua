-- %f %e %g %a with flags, widths, precisions and special values.
local function f(...) print(pcall(string.format, ...)) end
for _, spec in ipairs { "%f", "%.0f", "%.1f", "%.10f", "%10.2f|", "%-10.2f|", "%010.2f", "%+.2f", "% .2f", "%#.0f", "%e", "%.0e", "%.3E", "%#.0e",
    "%g", "%G", "%.3g", "%.0g", "%.17g", "%#g", "%10g|", "%+g", "%.14g" } do
  for _, v in ipairs { 0.0, 1, -1.5, 123456.789, 1e20, 1.25e-7, 0.1 } do
    io.write("[", spec:format(v), "] ")
  end
  print()
end
for _, spec in ipairs { "%f", "%5.1f|", "%e", "%g", "%G", "%010f", "%+f", "%E", "%F" } do
  f(spec, math.huge) f(spec, -math.huge)
end
f("%f", -1 / math.huge) f("%g", -1 / math.huge) f("%.0f", 0.5) f("%.0f", 1.5) f("%.0f", 2.5) f("%.1f", 0.25)
f("%.1f", 0.35)
f("%f", "1.5") f("%f", "x") f("%f") f("%f", {}) f("%.99f", 1/3) f("%.3f", 2^53) f("%g", 2^63)
f("%g", 100000) f("%g", 1000000)
f("%.20f", 0.1) f("%.5g", 123456) f("%g", 1e15) f("%g", 1e-5) f("%5g|", 3) f("%f", 1e308)
