using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Extensions.Caching.Distributed;

namespace Course.Services.Web
{
    public abstract class ApiController
    {
        protected static object Ok(object? value) => new { status = 200, value };

        protected static object NotFound() => new { status = 404 };
    }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class CachingAttribute : Attribute
    {
        public int AbsoluteExpiration { get; set; }
    }

    public class CacheEntry
    {
        public DateTime AbsoluteExpiration { get; set; }

        public string? Body { get; set; }
    }

    public record Article(int Id, string Title, DateTime PublishedAt);

    public interface IArticleRepository
    {
        IEnumerable<Article> GetAll();

        Article? Find(int id);

        void SaveSnapshot(CacheEntry entry);
    }

    public class CatalogController : ApiController
    {
        private const string AllKey = "articles";
        private readonly IDistributedCache _distributedCache;
        private readonly IArticleRepository _articles;

        public CatalogController(IDistributedCache distributedCache, IArticleRepository articles)
        {
            _distributedCache = distributedCache;
            _articles = articles;
        }

        public async Task<object> Index()
        {
            string serialized;
            var list = new List<Article>();
            var bytes = await _distributedCache.GetAsync(AllKey);
            if (bytes != null)
            {
                serialized = Encoding.UTF8.GetString(bytes);
                list = JsonSerializer.Deserialize<List<Article>>(serialized)!;
            }
            else
            {
                list = _articles.GetAll().ToList();
                serialized = JsonSerializer.Serialize(list);
                bytes = Encoding.UTF8.GetBytes(serialized);
                var options = new DistributedCacheEntryOptions()
                    .SetAbsoluteExpiration(DateTime.Now.AddMinutes(10)) // expect: EXP102
                    .SetSlidingExpiration(TimeSpan.FromMinutes(2));
                await _distributedCache.SetAsync(AllKey, bytes, options);
            }

            return Ok(list);
        }

        public object Details(int id)
        {
            var cached = _distributedCache.GetString("article:" + id);
            if (cached != null)
            {
                _distributedCache.Refresh("article:" + id);
                return Ok(JsonSerializer.Deserialize<Article>(cached));
            }

            var article = _articles.Find(id);
            if (article == null) return NotFound();

            DistributedCacheEntryOptions cacheOptions = new();
            cacheOptions.AbsoluteExpiration = DateTime.UtcNow.AddMinutes(5); // expect: EXP102
            _distributedCache.SetString("article:" + id, JsonSerializer.Serialize(article), cacheOptions);
            return Ok(article);
        }

        public object DetailsUntilTonight(int id)
        {
            var article = _articles.Find(id);
            var cacheOptions = new DistributedCacheEntryOptions { AbsoluteExpiration = DateTime.Today.AddDays(1) };
            _distributedCache.SetString("article:" + id, JsonSerializer.Serialize(article), cacheOptions);
            return Ok(article);
        }

        public object DetailsUntilFirstOfMonth(int id)
        {
            var today = DateTime.Today;
            var article = _articles.Find(id);
            var until = new DateTime(today.Year, today.Month, 1).AddMonths(1);
            _distributedCache.SetString("article:" + id, JsonSerializer.Serialize(article), new DistributedCacheEntryOptions { AbsoluteExpiration = until }); // expect: EXP101
            return Ok(article);
        }

        [Caching(AbsoluteExpiration = 60)]
        public object Snapshot(int id)
        {
            var article = _articles.Find(id);
            var entry = new CacheEntry { AbsoluteExpiration = DateTime.Now.AddHours(1), Body = article?.Title };
            _articles.SaveSnapshot(entry);
            entry.AbsoluteExpiration = new DateTime(2030, 1, 1);
            return Ok(entry);
        }

        public async Task<object> Preview(int id, int seconds)
        {
            var article = _articles.Find(id);
            await _distributedCache.SetStringAsync("preview:" + id, article?.Title ?? string.Empty, For(seconds));
            await _distributedCache.SetStringAsync("preview:at:" + id, DateTime.Now.ToString("O"), Relative(seconds));
            return Ok(article);
        }

        public Task Publish(Article article)
        {
            // Never older than a day after publication.
            var until = article.PublishedAt.AddDays(1);
            return _distributedCache.SetStringAsync("article:" + article.Id, article.Title, new DistributedCacheEntryOptions { AbsoluteExpiration = until });
        }

        private static DistributedCacheEntryOptions For(int seconds) => new()
        {
            AbsoluteExpiration = DateTimeOffset.UtcNow.AddSeconds(seconds), // expect: EXP102
        };

        private static DistributedCacheEntryOptions Relative(int seconds) => new()
        {
            AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds),
            SlidingExpiration = seconds > 60 ? TimeSpan.FromSeconds(30) : null,
        };
    }
}
