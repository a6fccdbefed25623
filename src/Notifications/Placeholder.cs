namespace Notifications; /// <summary>Placeholder.</summary>
public static class Placeholder;
