using System;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Setup
{
    public static class CacheDefaults
    {
        public static MemoryCacheEntryOptions Options { get; set; } = new();

        public static MemoryCacheEntryOptions? Current;

        // Fine: it may be set anew each time.
        public static void Renew() => Current = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) };
    }

    public static class CacheSetup
    {
        public static void Configure(IServiceCollection services)
        {
            CacheDefaults.Options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) }; // expect: EXP109
            var options = new MemoryCacheEntryOptions();
            options.AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5); // expect: EXP109
            CacheDefaults.Options = options;
            services.AddSingleton(new DistributedCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(12) }); // expect: EXP109
            services.AddSingleton(new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(12) });
            services.AddTransient(_ => new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddHours(12) });
            CacheDefaults.Options = new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) };
        }

        public static void Store(IMemoryCache memory, string key, object value)
        {
            var options = new MemoryCacheEntryOptions { AbsoluteExpiration = DateTimeOffset.UtcNow.AddMinutes(5) };
            memory.Set(key, value, options);
        }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    // As much of the package as the setup needs.
    public interface IServiceCollection;

    public static class ServiceCollectionServiceExtensions
    {
        public static IServiceCollection AddSingleton<T>(this IServiceCollection services, T instance) where T : class => services;

        public static IServiceCollection AddTransient<T>(this IServiceCollection services, Func<IServiceProvider, T> make) where T : class => services;
    }
}
