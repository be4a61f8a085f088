using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Benchmarks.Scenarios;

/// <summary>
/// A web project as most are: the framework's caches are referenced, because they come with it, and nothing of it uses them.
/// </summary>
internal static class WebProject
{
    private const int Areas = 150;

    /// <summary>A controller, a service, a model and a middleware for each area.</summary>
    public static IEnumerable<string> Sources(int areas = Areas) => Enumerable.Range(0, areas).Select(Source);

    private static string Source(int area) => $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        namespace Web.Area{{area}};

        public sealed record Order(int Id, string Customer, decimal Total, DateTime Created, IReadOnlyList<Line> Lines);

        public sealed record Line(string Product, int Count, decimal Price);

        public sealed class OrderService(IReadOnlyDictionary<int, Order> orders)
        {
            private readonly List<string> _log = new();

            public async Task<Order?> FindAsync(int id, CancellationToken ct)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), ct);
                _log.Add($"looked for {id} at {DateTime.UtcNow:O}");
                return orders.TryGetValue(id, out Order? order) ? order : null;
            }

            public decimal Total(IEnumerable<Order> all, DateTime since) =>
                all.Where(order => order.Created > since.AddDays(-{{area % 30}}))
                    .SelectMany(order => order.Lines).Sum(line => line.Count * line.Price);

            public IEnumerable<(string Customer, int Count)> Best(int top)
            {
                foreach (var group in orders.Values.GroupBy(order => order.Customer).OrderByDescending(group => group.Count()).Take(top))
                {
                    yield return (group.Key, group.Count());
                }
            }
        }

        [ApiController, Route("area{{area}}/orders")]
        public sealed class OrdersController(OrderService service) : ControllerBase
        {
            [HttpGet("{id:int}")]
            public async Task<ActionResult<Order>> Get(int id, CancellationToken ct)
            {
                Order? order = await service.FindAsync(id, ct);
                if (order is null)
                {
                    return NotFound(new { id, message = "no order " + id });
                }

                Response.Headers["Last-Modified"] = order.Created.ToString("R");
                return Ok(order);
            }

            [HttpPost]
            public IActionResult Post([FromBody] Order order)
            {
                if (order.Lines.Count == 0 || order.Total < 0)
                {
                    ModelState.AddModelError(nameof(order), "empty");
                    return BadRequest(ModelState);
                }

                return CreatedAtAction(nameof(Get), new { id = order.Id }, order with { Created = DateTime.UtcNow });
            }
        }

        public sealed class TimingMiddleware(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                DateTime start = DateTime.UtcNow;
                try
                {
                    await next(context);
                }
                finally
                {
                    TimeSpan took = DateTime.UtcNow - start;
                    context.Items["took"] = took.TotalMilliseconds > 100 ? "slow" : "fast";
                }
            }
        }
        """;

    /// <summary>The web framework, with the cache abstractions that belong to it.</summary>
    public static IEnumerable<MetadataReference> References()
    {
        string folder = typeof(WebProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "WebReferences").Value!;
        return Directory.EnumerateFiles(folder, "*.dll")
            .Select(static file => MetadataReference.CreateFromFile(file));
    }
}
