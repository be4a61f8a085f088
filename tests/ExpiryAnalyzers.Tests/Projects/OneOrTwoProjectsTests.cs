using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ExpiryAnalyzers.Tests.Projects;

/// <summary>What is said of a caller is the same where the code that it calls is part of its project, and where rows tell of that.</summary>
public sealed class OneOrTwoProjectsTests
{
    private const string Usings = "using System; using System.Threading.Tasks; using StackExchange.Redis; ";

    /// <summary>What heirs may replace is not what is run, unless the call says so or the class can have none.</summary>
    [Theory]
    [InlineData("one.Put(\"a\", TimeSpan.Zero);", "")]
    [InlineData("one.Call(\"a\", TimeSpan.Zero);", "")]
    [InlineData("two.Put(\"a\", TimeSpan.Zero);", "")]
    [InlineData("last.Put(\"a\", TimeSpan.Zero);", "EXP401")]
    [InlineData("db.KeyExpire(\"a\", one.Now);", "")]
    [InlineData("db.KeyExpire(\"a\", one.Soon());", "")]
    [InlineData("base.Put(\"a\", TimeSpan.Zero);", "EXP401")]
    [InlineData("Put(\"a\", TimeSpan.Zero);", "")]
    public Task WhatHeirsMayReplace_IsNotWhatRuns(string body, string ids) => AreAlikeAsync(
        """
        public class One(IDatabase db)
        {
            public virtual void Put(string key, TimeSpan life) => db.KeyExpire(key, life);
            public void Call(string key, TimeSpan life) => Put(key, life);
            public virtual DateTime Now => DateTime.Now;
            public virtual DateTime Soon() => DateTime.Now;
        }
        public class Two(IDatabase db) : One(db) { public override void Put(string key, TimeSpan life) => base.Put(key, life); }
        public sealed class Last(IDatabase db) : One(db) { public override void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }
        """,
        $$"""class App(One one, Two two, Last last, IDatabase db) : One(db) { void Run() { {{body}} } public override void Put(string key, TimeSpan life) { } }""",
        ids);

    /// <summary>A static member of an interface that its heirs may replace is that of the type that is asked.</summary>
    [Fact]
    public Task AStaticMemberThatHeirsMayReplace_IsNotWhatRuns() => AreAlikeAsync(
        "public interface IKeeps { static virtual void Put(IDatabase db, TimeSpan life) => db.KeyExpire(\"a\", life); } public sealed class None : IKeeps { public static void Put(IDatabase db, TimeSpan life) { } }",
        "class App<T>(IDatabase db) where T : IKeeps { void Run() => T.Put(db, TimeSpan.Zero); }",
        "");

    /// <summary>Of a contract is told what all do that stand for it: heirs of heirs too, those that do nothing, and what is made around another.</summary>
    [Theory]
    [InlineData("", "EXP401 EXP401")]
    [InlineData("public sealed class Sub(IDatabase db) : Store(db) { public override void Put(string key, TimeSpan life) => base.Put(key, life + TimeSpan.FromSeconds(1)); }", "")]
    [InlineData("public sealed class Sub(IDatabase db) : Store(db) { public override void Put(string key, TimeSpan life) { } }", "")]
    [InlineData("public sealed class None : Lives, ILives { public override void Put(string key, TimeSpan life) { } }", "")]
    [InlineData("public sealed class None : Lives { public override void Put(string key, TimeSpan life) { } }", "EXP401")]
    [InlineData("public sealed class Log(ILives inner) : ILives { public void Put(string key, TimeSpan life) => inner.Put(key, life); }", "EXP401 EXP401")]
    [InlineData("public sealed class Longer(ILives inner) : ILives { public void Put(string key, TimeSpan life) => inner.Put(key, life + TimeSpan.FromSeconds(1)); }", "EXP401")]
    public Task AContract_IsAllThatStandsForIt(string other, string ids) => AreAlikeAsync(
        $$"""
        public interface ILives { void Put(string key, TimeSpan life); }
        public abstract class Lives { public abstract void Put(string key, TimeSpan life); }
        public class Store(IDatabase db) : Lives, ILives { public override void Put(string key, TimeSpan life) => db.KeyExpire(key, life); }
        {{other}}
        """,
        "class App(ILives one, Lives two) { void Run() { one.Put(\"a\", TimeSpan.Zero); two.Put(\"b\", TimeSpan.Zero); } }",
        ids);

    /// <summary>The body that an interface gives its own member is one of several where an implementation has another.</summary>
    [Theory]
    [InlineData("", "", "EXP401")]
    [InlineData("void ILives.Put(string key, int seconds) { }", "", "")]
    [InlineData("", "class Mine : ILives { public void Put(string key, int seconds) { } }", "")]
    public Task ABodyInAnInterface_MayBeReplaced(string own, string mine, string ids) => AreAlikeAsync(
        $$"""
        public interface ILives { IDatabase Db { get; } void Put(string key, int seconds) => Db.KeyExpire(key, TimeSpan.FromSeconds(seconds)); }
        public sealed class Store(IDatabase db) : ILives { public IDatabase Db => db; {{own}} }
        """,
        $"{mine.Replace("{ }", "{ } public IDatabase Db => null;", StringComparison.Ordinal)} class App {{ void Run(ILives lives) => lives.Put(\"a\", 0); }}",
        ids);

    private static async Task AreAlikeAsync(string store, string caller, string ids)
    {
        CSharpCompilation callers = OutlineTests.Compile("App", Usings + caller);
        CSharpCompilation whole = callers.AddSyntaxTrees(OutlineTests.Compile("Store", Usings + store).SyntaxTrees);
        Assert.Empty(whole.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(whole)));

        CSharpGeneratorDriver.Create(new OutlineGenerator()).RunGeneratorsAndUpdateCompilation(
            OutlineTests.Compile("Store", Usings + store), out Compilation outlined, out _);
        Assert.Equal(ids, string.Join(' ', await OutlineTests.FindAsync(callers.AddReferences(outlined.ToMetadataReference()))));
    }
}
