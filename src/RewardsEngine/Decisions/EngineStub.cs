namespace RewardsEngine.Decisions;
/// <summary>stub</summary>
public static class Engine {
/// <summary>stub</summary>
public static Decision Decide(Programs.CompiledRuleSet r, Members.MemberSnapshot m, Activities.Activity a, Resources x) => throw new System.NotSupportedException(); }
