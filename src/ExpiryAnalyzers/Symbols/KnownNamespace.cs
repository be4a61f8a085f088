using Microsoft.CodeAnalysis;

namespace ExpiryAnalyzers.Symbols;

/// <summary>A namespace of a known library, with those inside it or without.</summary>
internal sealed class KnownNamespace
{
    /// <summary>The framework's.</summary>
    public static readonly KnownNamespace System = new(isWhole: true, "System");

    /// <summary>The framework's, with what is built upon it by the same hands.</summary>
    public static readonly KnownNamespace Framework = new(isWhole: true, "System", "Microsoft");

    /// <summary>Collections.</summary>
    public static readonly KnownNamespace Collections = new(isWhole: true, "System.Collections");

    /// <summary>Those whose types every project can name.</summary>
    public static readonly KnownNamespace Everywhere =
        new(isWhole: false, "System", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks");

    public static readonly KnownNamespace Threading = new(isWhole: false, "System.Threading");

    /// <summary>Settings, which stay as they are while the program runs.</summary>
    public static readonly KnownNamespace Configuration = new(isWhole: true, "Microsoft.Extensions.Configuration");

    /// <summary>Those of test frameworks and of what states what a test expects.</summary>
    public static readonly KnownNamespace Assertions = new(
        isWhole: true,
        "Xunit",
        "NUnit.Framework",
        "Microsoft.VisualStudio.TestTools.UnitTesting",
        "TUnit.Assertions",
        "FluentAssertions",
        "AwesomeAssertions",
        "Shouldly");

    /// <summary>Those whose members write down what happens.</summary>
    public static readonly KnownNamespace Logging = new(isWhole: false, "Microsoft.Extensions.Logging", "Serilog", "NLog", "log4net");

    /// <summary>Those whose members answer at once.</summary>
    public static readonly IReadOnlyList<KnownNamespace> Quick =
    [
        new(
            isWhole: false, "System", "System.Linq", "System.Text", "System.Text.Json", "System.Diagnostics", "System.Globalization",
            "System.Threading",
            "System.Threading.Tasks", "System.Runtime.CompilerServices", "Newtonsoft.Json"),
        new(
            isWhole: false, "System.Text.Json.Nodes", "Newtonsoft.Json.Linq", "System.Text.RegularExpressions", "System.Text.Encodings.Web",
            "System.Security.Cryptography", "System.Security.Claims", "System.Security.Principal", "System.Diagnostics.Metrics",
            "System.Buffers", "System.Buffers.Binary", "System.Runtime.InteropServices", "System.Numerics", "System.Net.Http.Headers"),
        new(
            isWhole: false, "Microsoft.Extensions.Options", "Microsoft.Extensions.Primitives", "Microsoft.Extensions.ObjectPool",
            "Microsoft.Extensions.Localization", "Microsoft.AspNetCore.Http.Features", "Microsoft.AspNetCore.Mvc.ModelBinding",
            "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.WebUtilities"),
        Configuration,
        Logging,
        Collections,
    ];

    /// <summary>Those whose members make an action's answer, which is sent once the action is over: <c>Ok(...)</c>.</summary>
    public static readonly KnownNamespace Answers = new(isWhole: false, "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http");

    private readonly bool _isWhole;
    private readonly string[][] _names;

    private KnownNamespace(bool isWhole, params string[] names)
    {
        _isWhole = isWhole;
        _names = [.. names.Select(static name => name.Split('.'))];
    }

    /// <summary>Whether a symbol is declared there.</summary>
    public bool Holds(ISymbol? symbol)
    {
        INamespaceSymbol? space = symbol as INamespaceSymbol ?? symbol?.ContainingNamespace;
        for (int depth = DepthOf(space); space is { IsGlobalNamespace: false }; space = space.ContainingNamespace, depth--)
        {
            foreach (string[] name in _names)
            {
                if (name.Length == depth && IsNamed(space, name))
                {
                    return true;
                }
            }

            if (!_isWhole)
            {
                break;
            }
        }

        return false;
    }

    private static int DepthOf(INamespaceSymbol? space)
    {
        int depth = 0;
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            depth++;
        }

        return depth;
    }

    private static bool IsNamed(INamespaceSymbol space, string[] name)
    {
        for (int i = name.Length - 1; i >= 0; i--, space = space.ContainingNamespace)
        {
            if (space.Name != name[i])
            {
                return false;
            }
        }

        return true;
    }
}
