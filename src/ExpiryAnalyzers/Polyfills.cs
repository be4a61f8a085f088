namespace System.Runtime.CompilerServices
{
    /// <summary>Lets the compiler emit records and init-only setters for netstandard2.0, which lacks the type.</summary>
    internal static class IsExternalInit;
}

namespace System
{
    /// <summary>Lets the compiler emit list patterns for netstandard2.0, which lacks the type.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Tells the compiler what a <c>TryGetValue</c> of ours leaves, for netstandard2.0, which lacks the type.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class MaybeNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue => returnValue;
    }
}
