-- A crawler: follows the links of a site, a few requests at a time, and gives the pages it has found.
--
--   nightjar run --allow-net Examples/async/crawler.lua http://127.0.0.1:8080/
--
-- Each page is a task, and tasks start tasks. Nobody counts them: the scope ends when the last page has had
-- nothing new.

local crawler = {}

function crawler.crawl(start, most, width)
  local site = start:match("^%a+://[^/]+")
  local pages, seen, count = {}, {}, 0
  local gate = task.semaphore(width or 8)

  task.scope(function(s)
    local visit

    local function read(url)
      local body, code = gate:with(http.get, url)
      pages[#pages + 1] = { url = url, code = body and code, body = body or "" }
      for link in (body or ""):gmatch('href="([^"]+)"') do
        visit(link:sub(1, 1) == "/" and site .. link or link)
      end
    end

    function visit(url)
      if url:sub(1, #site) ~= site or seen[url] or count >= most then return end
      seen[url], count = true, count + 1
      s:spawn(read, url)
    end

    visit(start)
  end)

  table.sort(pages, function(one, other) return one.url < other.url end)
  return pages
end

if ... ~= "crawler" then
  if not ... then
    io.stderr:write("usage: crawler.lua ADDRESS, such as http://127.0.0.1:8080/\n")
    os.exit(2)
  end
  for _, page in ipairs(crawler.crawl((...), 100)) do
    print(page.code or "-", #page.body, page.url)
  end
end

return crawler
