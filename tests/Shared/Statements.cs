namespace ExpiryAnalyzers.Tests;

/// <summary>Makes a program of statements.</summary>
internal static class Statements
{
    /// <summary>Puts statements into a method of a class that has what they need: <c>db</c>, <c>key</c>, <c>token</c>, <c>ttl</c>, <c>given</c>, <c>flag</c>.</summary>
    public static string InMethod(string statements, string name = "Test") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using StackExchange.Redis;

        class {{name}}
        {
            async Task<object> Run(IDatabase db, RedisKey key, RedisValue token, TimeSpan ttl, TimeSpan? maybe, DateTime given, bool flag, string text, CancellationToken ct)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
                _ = ttl;
                return null;
            }

            Task WorkAsync(CancellationToken ct = default) => Task.CompletedTask;
        }
        """;
}
