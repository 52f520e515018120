-- A crawler: follows the links of a site, at most so many requests at a time, and gives the pages found.

local crawler = {}

function crawler.crawl(start, most, width)
  local pages, seen, wave = {}, { [start] = true }, { start }
  while #wave > 0 do
    local found = task.map(wave, width or 8, function(url)
      local body, code = http.get(url)
      return { url = url, code = code, body = body or "" }
    end)
    wave = {}
    for _, page in ipairs(found) do
      pages[#pages + 1] = page
      local base = page.url:match("^%a+://[^/]+")
      for link in page.body:gmatch('href="([^"]+)"') do
        local url = link:sub(1, 1) == "/" and base .. link or link
        if url:sub(1, #base) == base and not seen[url] and #pages + #wave < most then
          seen[url] = true
          wave[#wave + 1] = url
        end
      end
    end
  end
  return pages
end

if ... ~= "crawler" then
  for _, page in ipairs(crawler.crawl((...), 100)) do
    print(page.code or "-", #page.body, page.url)
  end
end

return crawler
