-- A small Markdown to HTML converter.
local function inline(s)
  return (s:gsub("[&<>]", {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;"}):gsub("`([^`]+)`",
    "<code>%1</code>"):gsub("%*%*(.-)%*%*", "<b>%1</b>"):gsub("%*(.-)%*",
    "<i>%1</i>"):gsub("!%[(.-)%]%((.-)%)", '<img alt="%1" src="%2">'):gsub("%[(.-)%]%((.-)%)",
    '<a href="%2">%1</a>'))
end
local function convert(text)
  local out, para, list = {}, {}, nil
  local function flush()
    if #para > 0 then
      out[#out + 1] = "<p>" .. inline(table.concat(para, " ")) .. "</p>"
      para = {}
    end
    if list then out[#out + 1] = "</" .. list .. ">" list = nil end
  end
  local code
  for line in (text .. "\n"):gmatch("(.-)\n") do
    if code then
      if line == "```" then
        out[#out + 1] = "<pre>" .. table.concat(code, "\n") .. "</pre>"
        code = nil
      else
        code[#code + 1] = line
      end
    elseif line == "```" then
      flush() code = {}
    else
      local h, t = line:match("^(#+)%s+(.*)$")
      local li = line:match("^[-*]%s+(.*)$")
      local oi = line:match("^%d+%.%s+(.*)$")
      local q = line:match("^>%s?(.*)$")
      if h then
        flush()
        out[#out + 1] = ("<h%d>%s</h%d>"):format(#h, inline(t), #h)
      elseif li or oi then
        local kind = li and "ul" or "ol"
        if list ~= kind then flush() list = kind out[#out + 1] = "<" .. kind .. ">" end
        out[#out + 1] = "  <li>" .. inline(li or oi) .. "</li>"
      elseif q then
        flush()
        out[#out + 1] = "<blockquote>" .. inline(q) .. "</blockquote>"
      elseif line:match("^%s*$") then
        flush()
      elseif line:match("^%-%-%-+$") then
        flush() out[#out + 1] = "<hr>"
      else
        para[#para + 1] = line
      end
    end
  end
  flush()
  return table.concat(out, "\n")
end
print(convert [=[
# Title with `code`

A *paragraph* with **bold** and <tags>
over two lines & a [link](http://x.y).

- one
- two **2**
1. first
2. second
> quoted *text*
---
![pic](p.png)
```
raw *text* <here>
```
end]=])
