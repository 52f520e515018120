-- A template engine: turns a template into Lua source, loads it, and runs it in its own world.
--
-- What one sees: a page made from a template and a list of birds, the Lua code the template
-- became, and how a mistake in a template is reported with the template's own line.

-- Written in a template: `{{ expression }}` is replaced by its value with `<` and `&` made safe,
-- `{% statement %}` is Lua code, and `{# remark #}` disappears.
local marks <const> = { ["{{"] = "}}", ["{%"] = "%}", ["{#"] = "#}" }

local function translate(template)
  local out, at = { "local put, safe = ..." }, 1
  while true do
    local open = template:find("{[{%%#]", at)
    local text = template:sub(at, (open or 0) - 1)
    if text ~= "" then
      -- `%q` writes a newline as backslash and newline, so lines keep their numbers.
      out[#out + 1] = (" put(%q)"):format(text)
    end
    if not open then return table.concat(out) end
    local mark = template:sub(open, open + 1)
    local close = template:find(marks[mark], open + 2, true)
      or error("'" .. mark .. "' is never closed", 0)
    local inside = template:sub(open + 2, close - 1)
    if mark == "{{" then
      out[#out + 1] = " put(safe(" .. inside .. "))"
    elseif mark == "{%" then
      out[#out + 1] = " " .. inside
    else
      out[#out + 1] = inside:gsub("[^\n]", "")
    end
    at = close + 2
    -- A line that ends in a statement or remark leaves no newline behind, only its number.
    if mark ~= "{{" and template:sub(at, at) == "\n" then
      out[#out + 1] = "\n"
      at = at + 1
    end
  end
end

local function compile(name, template)
  local source = translate(template)
  local function render(values)
    -- The template sees its values and a handful of functions, and nothing else.
    local world = setmetatable({ ipairs = ipairs, pairs = pairs, string = string }, {
      __index = values,
    })
    local chunk = assert(load(source, "=" .. name, "t", world))
    local parts = {}
    local function put(text) parts[#parts + 1] = text end
    local function safe(value)
      return (tostring(value):gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }))
    end
    chunk(put, safe)
    return table.concat(parts)
  end
  return render, source
end

local page = [[
<h1>{{ title }}</h1>
{# Birds that sleep by day come first. #}
<ul>
{% for number, bird in ipairs(birds) do %}
  <li>{{ number }}. {{ bird.name }}, {{ string.format("%.1f", bird.length) }} cm
{% if bird.nocturnal then %}
      (awake by night: {{ bird.note }})
{% end %}
  </li>
{% end %}
</ul>]]

local render, source = compile("page", page)
print(render {
  title = "Birds & <friends>",
  birds = {
    { name = "Nightjar", length = 26.5, nocturnal = true, note = "churrs > 5 minutes" },
    { name = "Barn owl", length = 35, nocturnal = true, note = "hisses" },
    { name = "Skylark", length = 18.25 },
  },
})

print("\nThe template became:\n" .. source)

local broken = compile("broken", "one line\n{{ bird.name.first }}\n")
print("\nA mistake is found where it stands: " .. select(2, pcall(broken, { bird = {} })))
