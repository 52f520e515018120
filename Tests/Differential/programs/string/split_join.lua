-- Splitting and joining in several ways gives back the text.
local function split(s, sep)
  local out, pos = {}, 1
  while true do
    local a, b = s:find(sep, pos, true)
    if not a then break end
    out[#out + 1] = s:sub(pos, a - 1) pos = b + 1
  end
  out[#out + 1] = s:sub(pos)
  return out
end
for _, c in ipairs {{"a,b,c", ","}, {",a,,b,", ","}, {"", ","}, {"abc", ","}, {"a--b--", "--"},
  {"x.y.z", "."}, {"%d%s", "%"}} do
  local parts = split(c[1], c[2])
  print(#parts, table.concat(parts, "|"), table.concat(parts, c[2]) == c[1])
end
local function words(s) local o = {} for w in s:gmatch("%S+") do o[#o + 1] = w end return o end
print(#words "  a  b c ", table.concat(words "x\ty\nz", ","))
local function lines(s)
  local o = {}
  for l in (s .. "\n"):gmatch("(.-)\r?\n") do o[#o + 1] = l end
  return o
end
print(#lines "a\nb\r\nc", #lines "", #lines "\n\n", lines("x\r\ny")[1]:byte(-1))
local function chars(s) return {s:byte(1, -1)} end
print(#chars "hello", string.char(table.unpack(chars "hello")))
local function fields(s)
  local o = {}
  for k, v in s:gmatch("([%w_]+)=([^;]*)") do o[#o + 1] = k .. ":" .. v end
  return table.concat(o, " ")
end
print(fields "a=1;b_2=two words;c=;d=x=y")
local function trim(s) return (s:gsub("^%s*(.-)%s*$", "%1")) end
for _, s in ipairs {"", " ", "a", " a", "a ", " a b ", "\t\na\v\f"} do
  io.write("[", trim(s), "]")
end
print()
local function startswith(s, p) return s:sub(1, #p) == p end
local function endswith(s, p) return p == "" or s:sub(-#p) == p end
print(startswith("hello", "he"), startswith("h", "he"), endswith("hello", "lo"), endswith("hello",
  ""), endswith("o", "lo"))
print(("a b c"):gsub(" ", "%%20"), ("1,2;3"):gsub("[,;]", {[","] = "<", [";"] = ">"}),
  ("path/to/file.txt"):match("([^/]+)%.(%w+)$"), ("path/to/file.txt"):match("^(.*)/"),
  ("file"):match("%.(%w+)$"))
